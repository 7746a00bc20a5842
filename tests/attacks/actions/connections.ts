import { recordPath } from '../../../src/catalogue/address.ts';
import type { Case, World } from './world.ts';

const ask = { purpose: 'acquire', message: 'Chúng tôi sấy 5 tấn vải mỗi ngày và cần lò tiết kiệm điện hơn.' };
const connection = async (world: World) => ({ connection: await world.last('connection') });

/** The address of a record that is not public. */
const draftSlug = async (world: World) =>
  (
    await world.db
      .selectFrom('record')
      .select('slug')
      .where('id', '=', (await world.draft()).record)
      .executeTakeFirstOrThrow()
  ).slug;

/** Two businesses in contact, with the Department beside them. */
export const connecting = (world: World): Case[] => [
  {
    action: 'startConnection',
    who: 'partner',
    fields: () => ({ ...ask, record: world.offer.path }),
    foreign: async () => ({ ...ask, record: `/cong-nghe/${await draftSlug(world)}` }),
  },
  {
    action: 'respond',
    who: 'owner',
    fields: async () => ({
      ...(await connection(world)),
      decision: 'ask',
      question: 'Công suất lò bao nhiêu tấn mỗi mẻ?',
    }),
  },
  {
    action: 'answerConnection',
    who: 'owner',
    fields: async () => ({ token: await world.tokenFor('owner', 'tra-loi'), decision: 'accept' }),
  },
  {
    action: 'writeMessage',
    who: 'partner',
    fields: async () => ({ ...(await connection(world)), text: 'Năm tấn mỗi mẻ.' }),
  },
  {
    action: 'sendFile',
    who: 'partner',
    fields: async () => ({ ...(await connection(world)), file: world.picture }),
  },
  {
    action: 'planStep',
    who: 'owner',
    fields: async () => ({ ...(await connection(world)), nextStep: 'Khảo sát xưởng', nextStepOn: '2027-01-15' }),
  },
  { action: 'askDepartment', who: 'partner', fields: () => connection(world) },
  { action: 'block', who: 'partner', fields: async () => ({ ...(await connection(world)), change: 'block' }) },
  {
    action: 'report',
    who: 'owner',
    fields: async () => ({ ...(await connection(world)), what: 'Đòi chuyển tiền đặt cọc trước khi gặp.' }),
  },
  {
    action: 'reportOutcome',
    who: 'partner',
    fields: async () => ({ ...(await connection(world)), outcome: 'close', reason: 'Không hợp công suất.' }),
  },
  {
    action: 'closeReport',
    who: 'reviewer',
    fields: async () => ({ report: await world.last('member_report'), note: 'Đã gọi cả hai bên.' }),
  },
  {
    action: 'stopConnecting',
    who: 'reviewer',
    fields: async () => ({ report: await world.last('member_report'), change: 'stop' }),
  },
  {
    action: 'proposeConnection',
    who: 'reviewer',
    fields: async () => ({ ...ask, asker: world.offer.path, asked: recordPath(await world.published('need'), 'vi') }),
  },
  { action: 'withdrawConnection', who: 'reviewer', fields: () => connection(world) },
];
