import type { Db } from '../../db/client.ts';
import { access, audienceOf } from '../accounts/policy.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { departmentWaiting } from '../connections/overview.ts';
import { reportsWaiting } from '../connections/trust.ts';
import { type PageName, pageRoutes } from '../i18n/routes.ts';
import type { MessageKey } from '../i18n/translate.ts';
import { queueCounts } from '../moderation/queue.ts';
import { requestsWaiting } from '../moderation/requests.ts';
import { requestCounts } from '../privacy/decide.ts';

/** A page where the Department works. */
export interface Tool {
  page: PageName;
  title: MessageKey;
  about: MessageKey;
  /** What waits there. */
  waiting?: (db: Db) => Promise<number>;
  /** What waits longer than it may. */
  late?: (db: Db) => Promise<number>;
}

/** The sections of the Department's home, in the order of a working day. A new tool is one line here. */
export const toolGroups: { title: MessageKey; tools: Tool[] }[] = [
  {
    title: 'tools.daily',
    tools: [
      {
        page: 'queue',
        title: 'queue.title',
        about: 'tools.queue',
        waiting: async (db) => [...(await queueCounts(db)).values()].reduce((sum, n) => sum + n, 0),
      },
      {
        page: 'manageRequests',
        title: 'manage.department',
        about: 'tools.manageRequests',
        waiting: requestsWaiting,
      },
      {
        page: 'manageConnections',
        title: 'manageConnections.title',
        about: 'tools.connections',
        waiting: departmentWaiting,
      },
      { page: 'reports', title: 'reports.title', about: 'tools.reports', waiting: reportsWaiting },
      {
        page: 'personalData',
        title: 'privacy.title',
        about: 'tools.personalData',
        waiting: async (db) => (await requestCounts(db)).waiting,
        late: async (db) => (await requestCounts(db)).late,
      },
    ],
  },
  {
    title: 'tools.publishing',
    tools: [
      { page: 'manageEvents', title: 'manageEvents.title', about: 'tools.events' },
      { page: 'manageNews', title: 'manageNews.title', about: 'tools.news' },
      { page: 'manageBulletins', title: 'manageBulletins.title', about: 'tools.bulletins' },
      { page: 'managePolicies', title: 'managePolicies.title', about: 'tools.policies' },
    ],
  },
  {
    title: 'tools.figures',
    tools: [
      { page: 'imports', title: 'import.title', about: 'tools.imports' },
      { page: 'harvest', title: 'harvest.title', about: 'tools.harvest' },
      { page: 'supplyDemand', title: 'supplyDemand.title', about: 'tools.supplyDemand' },
      { page: 'manageIndicators', title: 'manageIndicators.title', about: 'tools.indicators' },
      { page: 'periodReports', title: 'report.title', about: 'tools.periodReports' },
    ],
  },
  {
    title: 'tools.keeping',
    tools: [
      { page: 'vocabulary', title: 'vocabulary.title', about: 'tools.vocabulary' },
      { page: 'reviewTexts', title: 'reviewText.title', about: 'tools.reviewTexts' },
      { page: 'users', title: 'users.title', about: 'tools.users' },
      { page: 'settings', title: 'settings.title', about: 'tools.settings' },
      { page: 'auditLog', title: 'audit.title', about: 'tools.auditLog' },
    ],
  },
];

/** The tools that a person may use, with what waits at each now. */
export async function toolsFor(db: Db, person: SignedIn | undefined) {
  const may = ({ page }: Tool) => access(person, audienceOf(pageRoutes[page].vi) ?? 'administrator') === 'allowed';
  const counted = async (tool: Tool) => ({
    ...tool,
    waiting: await tool.waiting?.(db),
    late: await tool.late?.(db),
  });
  return Promise.all(
    toolGroups.map(async ({ title, tools }) => ({ title, tools: await Promise.all(tools.filter(may).map(counted)) })),
  );
}
