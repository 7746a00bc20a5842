import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../db/client.ts';

/** How many were counted on a calendar day in Việt Nam, real ones and demo ones apart. */
export interface DayCount {
  day: string;
  demo: number;
  n: number;
}

/** How many there are now. */
export type Count = Omit<DayCount, 'day'>;

/** What is counted where: the codes of the region's areas. */
interface Scope {
  areas: string[];
}

/** Public records of a kind that lie in the region. */
const inRegion = (db: Db, kind: 'enterprise' | 'startup' | 'trademark', { areas }: Scope) =>
  db
    .selectFrom('record')
    .select('record.demo')
    .where('record.kind', '=', kind)
    .where('record.status', '=', 'published')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('record_area')
          .select('record_area.areaCode')
          .whereRef('record_area.recordId', '=', 'record.id')
          .where('record_area.areaCode', 'in', areas),
      ),
    );

const granted = (types: string[]) => (db: Db, scope: Scope) =>
  inRegion(db, 'trademark', scope)
    .innerJoin('trademark', 'trademark.recordId', 'record.id')
    .select((eb) => [eb.ref('trademark.grantedOn').$castTo<string>().as('day'), eb.fn.countAll<number>().as('n')])
    .where('trademark.grantedOn', 'is not', null)
    .where('trademark.markType', 'in', types)
    .groupBy(['trademark.grantedOn', 'record.demo'])
    .execute();

const supported = (types: string[]) => (db: Db, scope: Scope) =>
  inRegion(db, 'trademark', scope)
    .innerJoin('trademark', 'trademark.recordId', 'record.id')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('trademark.grantedOn', 'is not', null)
    .where('trademark.supportActivities', '<>', '[]')
    .where('trademark.markType', 'in', types)
    .groupBy('record.demo')
    .execute();

/** A connection is a demo one when either record is. */
const isDemo = sql<number>`max(record.demo, coalesce(asker.demo, 0))`;
const connections = (moment: 'acceptedAt' | 'endedAt', condition: ReturnType<typeof sql<SqlBool>>) => (db: Db) =>
  db
    .selectFrom('connection')
    .innerJoin('record', 'record.id', 'connection.recordId')
    .leftJoin('record as asker', 'asker.id', 'connection.askerRecordId')
    .select((eb) => [
      // Việt Nam is seven hours ahead of UTC all year.
      sql<string>`date(${sql.ref(`connection.${moment}`)}, '+7 hours')`.as('day'),
      isDemo.as('demo'),
      eb.fn.countAll<number>().as('n'),
    ])
    .where(condition)
    .groupBy(['day', isDemo])
    .execute();

const allMarks = ['collective', 'certification', 'gi'];

/** What happens on a day and is counted over a period. */
export const flows: Record<string, (db: Db, scope: Scope) => Promise<DayCount[]>> = {
  newEnterprises: (db, scope) =>
    inRegion(db, 'enterprise', scope)
      .innerJoin('enterprise', 'enterprise.recordId', 'record.id')
      .select((eb) => [
        eb.ref('enterprise.certificateDate').$castTo<string>().as('day'),
        eb.fn.countAll<number>().as('n'),
      ])
      .where('enterprise.certificateDate', 'is not', null)
      .where('enterprise.certificateStatus', 'in', ['valid', 'expired'])
      .groupBy(['enterprise.certificateDate', 'record.demo'])
      .execute(),
  newMarks: granted(['collective', 'certification']),
  newGis: granted(['gi']),
  // Said so that the index serves: null is greater than nothing.
  connectionsAccepted: connections('acceptedAt', sql`connection."acceptedAt" > ''`),
  agreements: connections('endedAt', sql`connection.state = 'agreement'`),
};

/** What there is on a day: the figure of a period is the one at its end. */
export const stocks: Record<string, (db: Db, scope: Scope) => Promise<Count[]>> = {
  startups: (db, scope) =>
    inRegion(db, 'startup', scope)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .groupBy('record.demo')
      .execute(),
  supportedMarks: supported(allMarks),
  supportedCollectiveMarks: supported(['collective']),
  supportedGis: supported(['gi']),
};
