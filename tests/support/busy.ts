import type { Db } from '../../db/client.ts';
import type { Person } from './person.ts';

/** What the server has said is done. */
export interface Acknowledged {
  action: 'start' | 'save' | 'submit' | 'approve' | 'return';
  id: number;
  title: string;
}

/** Does something again and again until the server is gone. */
export async function untilDeath(work: (n: number) => Promise<void>): Promise<void> {
  for (let n = 0; ; n += 1) {
    try {
      await work(n);
    } catch {
      return;
    }
  }
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Members who write and submit records, and moderators who decide on them. */
export class BusyMembers {
  readonly acknowledged: Acknowledged[] = [];
  /** Told when a decision is just being sent. */
  deciding = () => {};
  #waiting: { id: number; title: string }[] = [];
  readonly #rest: () => Promise<unknown>;

  /** @param rest what they do between two forms; nothing makes each as fast as the server answers */
  constructor(rest: () => Promise<unknown> = async () => {}) {
    this.#rest = rest;
  }

  /** Forgets submissions that nobody will decide on any more. */
  nextRound(): void {
    this.#waiting = [];
  }

  /** Starts a record, saves its form and sends it in. */
  async submitOne(owner: Person, title: string): Promise<void> {
    const started = await owner.send('/tai-khoan/ho-so', 'startRecord', { kind: 'startup', title });
    const form = started.headers.get('location') ?? '';
    const id = Number(form.split('/').at(-1));
    this.acknowledged.push({ action: 'start', id, title });
    await this.#rest();
    const fields = { title, summary: `Bếp đun trấu không khói, tóm tắt của ${title}.`, fields: '211' };
    const saved = await owner.send(`${form}?buoc=1`, 'saveStep', fields);
    if (saved.status === 302) this.acknowledged.push({ action: 'save', id, title });
    await this.#rest();
    const last = [...(await owner.text(form)).matchAll(/\?buoc=(\d+)/g)].map((match) => Number(match[1]));
    const sent = await owner.send(`${form}?buoc=${Math.max(...last)}`, 'moveRecord', {});
    if (sent.status === 302) {
      this.acknowledged.push({ action: 'submit', id, title });
      this.#waiting.push({ id, title });
    }
    await this.#rest();
  }

  /**
   * Decides on what has waited longest: approves it, or returns it.
   * @returns false when nothing waits
   */
  async decideOne(desk: Person, action: 'approve' | 'return'): Promise<boolean> {
    const next = this.#waiting.shift();
    if (!next) return false;
    const review = `/quan-ly/hang-doi/${next.id}`;
    this.deciding();
    const decided =
      action === 'approve'
        ? await desk.send(review, 'approve', {})
        : await desk.send(review, 'sendBack', { decision: 'return', 'reason.summary': 'Nói rõ hơn.' });
    if (decided.status === 302) this.acknowledged.push({ action, ...next });
    await this.#rest();
    return true;
  }

  founder(owner: Person, who: string): Promise<void> {
    return untilDeath((n) => this.submitOne(owner, `Bếp khí hoá lượt${who} số${n}`));
  }

  moderator(desk: Person): Promise<void> {
    return untilDeath(async (n) => {
      if (await this.decideOne(desk, n % 3 === 2 ? 'return' : 'approve')) return;
      await pause(5);
      // Ends with the server, too, when nothing waits.
      if (n % 50 === 49) await desk.get('/healthz');
    });
  }
}

/** What the database has of their records. */
export const recordsOfBusyMembers = (db: Db) =>
  db
    .selectFrom('record')
    .leftJoin('revision', 'revision.recordId', 'record.id')
    .select(['record.id', 'record.title', 'record.status', 'revision.state', 'revision.form', 'revision.reasons'])
    .where('record.title', 'like', 'Bếp khí hoá lượt%')
    .execute();
export type BusyRecord = Awaited<ReturnType<typeof recordsOfBusyMembers>>[number];

const reached = { start: 0, save: 0, submit: 1, approve: 2, return: 2 };
const progress = { draft: 0, submitted: 1, returned: 2, published: 2, withdrawn: 2 };

/** Those of the acknowledged writes that are not there. */
export function lostOf(acknowledged: Acknowledged[], records: BusyRecord[]): Acknowledged[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return acknowledged.filter(({ action, id, title }) => {
    const record = byId.get(id);
    if (!record?.state) return true;
    if (progress[record.state] < reached[action]) return true;
    if (action === 'approve' && record.state !== 'published') return true;
    if (action === 'return') return record.state !== 'returned' || !record.reasons?.includes('Nói rõ hơn.');
    return action === 'save' && !record.form?.includes(`tóm tắt của ${title}`);
  });
}

/** Decisions that were carried out by halves: a decision, its line in the log and the author's mail are one. */
export async function halvesOf(db: Db, records: BusyRecord[]): Promise<string[]> {
  // Each has one version here; record and version move together or not at all.
  const halves = records.filter(({ status, state }) => status !== state).map(({ title }) => title);
  for (const { id, state, title } of records) {
    if (state !== 'published' && state !== 'returned') continue;
    const log = await db.selectFrom('audit_log').select('action').where('recordId', '=', id).execute();
    const mails = await db.selectFrom('mail').select('id').where('subject', 'like', `%${title}`).execute();
    const expected = state === 'published' ? 'approve' : 'return';
    if (log.map((line) => line.action).join() !== expected || mails.length !== 1) halves.push(title);
  }
  return halves;
}
