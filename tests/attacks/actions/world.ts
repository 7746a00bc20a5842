import { databaseFile, openDatabase } from '../../../db/client.ts';
import type { Database } from '../../../db/schema.ts';
import { issueAdministratorToken } from '../../../src/accounts/administrator.ts';
import { hashPassword } from '../../../src/accounts/password.ts';
import type { ActionName } from '../../../src/accounts/policy.ts';
import { recordPath } from '../../../src/catalogue/address.ts';
import { busyStates } from '../../../src/moderation/imports/jobs.ts';
import { type Mailbox, startMailbox } from '../../support/mailbox.ts';
import { signIn } from '../../support/member.ts';
import { goodForm, submit } from '../../support/moderation.ts';
import { photoOf } from '../../support/photo.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../../support/server.ts';

const people = {
  owner: 'member',
  partner: 'member',
  asker: 'member',
  stranger: 'member',
  guest: 'member',
  leaver: 'member',
} as const;
const staff = { reviewer: 'moderator', chief: 'administrator' } as const;

export type Who = keyof typeof people | keyof typeof staff | 'nobody';
export type Fields = Record<string, string | number | File>;

export interface Case {
  action: ActionName;
  who: Who;
  fields: () => Fields | Promise<Fields>;
  /** What somebody else sends; undefined: the same. `own`: it names nothing of anybody, so a stranger may. */
  foreign?: 'own' | (() => Fields | Promise<Fields>);
}

export const password = 'bốn con chim sẻ';
/** What a link could hold that nobody was sent. */
export const noLink = 'x'.repeat(40);

/** A site with its people, and what the cases find there. */
export class World {
  readonly #folder = catalogueFolder();
  readonly #opened = openDatabase(databaseFile(this.#folder.dataDir));
  readonly db = this.#opened.db;
  readonly sqlite = this.#opened.sqlite;
  server!: TestServer;
  mailbox!: Mailbox;
  readonly #cookies: Record<string, string> = {};

  /** A public record that `owner` manages. */
  offer!: { id: number; path: string };
  /** Records of `owner` that wait for review. */
  submitted: number[] = [];
  picture!: File;
  /** The link that makes the first administrator. */
  firstAdministrator = '';

  async start(): Promise<void> {
    const { db } = this;
    this.mailbox = await startMailbox();
    // The sources of the harvest cases are on this machine: nothing answers there.
    this.server = await startServer(this.#folder.dataDir, { SMTP_URL: this.mailbox.url, HARVEST_PRIVATE: '1' });
    this.firstAdministrator = await issueAdministratorToken(db, null);
    for (const [id, role] of Object.entries({ ...people, ...staff })) this.#cookies[id] = await signIn(db, id, role);
    await db
      .updateTable('user')
      .set({ passwordHash: await hashPassword(password) })
      .execute();
    const record = await this.published('offer');
    this.offer = { id: record.id, path: recordPath(record, 'vi') };
    await db.insertInto('record_member').values({ recordId: record.id, userId: 'owner' }).execute();
    for (const title of ['Lò sấy một', 'Lò sấy hai', 'Lò sấy ba']) {
      this.submitted.push(await submit(db, 'owner', 'enterprise', goodForm(title)));
    }
    this.picture = await photoOf('#264');
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.mailbox.close();
    await this.db.destroy();
    this.#folder.remove();
  }

  /** Sends an action's form. */
  async post(who: Who, name: ActionName, fields: Fields, origin: string | null = publicUrl): Promise<number> {
    const body = new FormData();
    for (const [field, value] of Object.entries(fields)) body.set(field, value instanceof File ? value : String(value));
    const headers: Record<string, string> = { cookie: this.#cookies[who] ?? '' };
    if (origin !== null) headers.origin = origin;
    const response = await this.server.get(`/tai-khoan?_action=${name}`, { method: 'POST', headers, body });
    // Of actions for everybody the visitor's page does the same.
    if (who !== 'nobody') return response.status;
    return (await this.server.get(`/dang-ky?_action=${name}`, { method: 'POST', headers, body })).status;
  }

  /** Waits until what runs in the background has followed what was done: imports, bulletins, harvests. */
  async quiet(): Promise<void> {
    const busy = this.sqlite.prepare(`
      select id from import_job where state in (${busyStates.map((state) => `'${state}'`).join()})
      union all select month from bulletin where sentAt is null
      union all select id from harvest_source where active = 1 and nextRunAt <= unixepoch() * 1000
    `);
    const end = Date.now() + 20_000;
    while (busy.get()) {
      if (Date.now() > end) throw new Error(`Still busy: ${JSON.stringify(busy.all())}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The number of the newest row. */
  async last(table: keyof Database): Promise<number> {
    const { id } = await this.db
      .selectFrom(table as 'record')
      .select((eb) => eb.fn.max('id').as('id'))
      .executeTakeFirstOrThrow();
    return id as number;
  }

  /** A public record of a kind. */
  published(kind: 'offer' | 'need' | 'expert') {
    return this.db
      .selectFrom('record')
      .select(['id', 'kind', 'slug'])
      .where('kind', '=', kind)
      .where('status', '=', 'published')
      .limit(1)
      .executeTakeFirstOrThrow();
  }

  /** The newest record's form, as its page sends it along. */
  async draft(): Promise<{ record: number; version: number }> {
    const id = await this.last('record');
    const { version } = await this.db
      .selectFrom('revision')
      .select('version')
      .where('recordId', '=', id)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    return { record: id, version };
  }

  /** What waits for review of a record. */
  revisionOf(recordId: number) {
    return this.db
      .selectFrom('revision')
      .select(['id', 'version'])
      .where('recordId', '=', recordId)
      .where('state', '=', 'submitted')
      .executeTakeFirstOrThrow();
  }

  /**
   * The secret of a link in the next mail to somebody that has one.
   * @param page part of the link's address
   */
  async tokenFor(who: string, page = ''): Promise<string> {
    for (;;) {
      const mail = await this.mailbox.next(`${who}@example.vn`);
      const token = mail.text?.match(new RegExp(`${page}\\S*[?&]token=(\\w+)`))?.[1];
      if (token) return token;
    }
  }
}
