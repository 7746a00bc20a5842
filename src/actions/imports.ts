import { ActionError } from 'astro:actions';
import * as z from 'zod';
import { isKindCode } from '../catalogue/kinds/index.ts';
import { refuse } from '../lib/form.ts';
import {
  type ImportJob,
  readColumns,
  readJob,
  receiveImport,
  recheck,
  startImport,
  startUndo,
} from '../moderation/imports/jobs.ts';
import { accountsOf, action, type Call, personOf } from './action.ts';
import { id } from './moderation.ts';

async function jobOf(call: Call, jobId: number): Promise<ImportJob> {
  const job = await readJob(accountsOf(call).db, jobId);
  if (!job) throw new ActionError({ code: 'NOT_FOUND' });
  return job;
}

export const importActions = {
  uploadImport: action(
    'uploadImport',
    z.object({
      kind: z.string('import.kind.missing').refine(isKindCode, 'import.kind.missing'),
      file: z.instanceof(File, { error: 'import.file.missing' }),
    }),
    async ({ kind, file }, call) =>
      isKindCode(kind)
        ? receiveImport(call.context.locals.services, personOf(call), kind, file)
        : refuse('import.kind.missing', 'kind'),
  ),
  checkImport: action('checkImport', z.object({ job: id, columns: z.literal('1').optional() }), async (input, call) => {
    const job = await jobOf(call, input.job);
    return recheck(accountsOf(call).db, job, input.columns && readColumns(job, call.form));
  }),
  startImport: action(
    'startImport',
    z.object({ job: id, mode: z.enum(['publish', 'review'], 'import.mode.missing') }),
    async ({ job, mode }, call) => startImport(accountsOf(call).db, await jobOf(call, job), mode),
  ),
  undoImport: action('undoImport', z.object({ job: id }), async ({ job }, call) =>
    startUndo(accountsOf(call).db, personOf(call), await jobOf(call, job)),
  ),
};
