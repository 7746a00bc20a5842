import type { RecordStatus } from '../../db/schema.ts';

/**
 * design.md §6 written out: what each action makes of a record in each status, and who may take it. O: who manages the
 * record, D: the Department (moderator or administrator), S: the program by itself, –: nobody.
 */
const table = `
            draft        submitted    returned     published    suspended    withdrawn    expired
submit      O→submitted  –            O→submitted  –            –            –            –
takeBack    –            O→draft      –            –            –            –            –
approve     –            D→published  –            –            –            –            –
return      –            D→returned   –            –            –            –            –
reject      –            D→withdrawn  –            –            –            –            –
withdraw    –            –            –            O→withdrawn  –            –            O→withdrawn
suspend     –            –            –            D→suspended  –            –            –
restore     –            –            –            –            D→published  –            –
expire      –            –            –            S→expired    –            –            –
renew       –            –            –            O→published  –            O→published  O→published`;

const [head, ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/ +/));

export const statusNames = head as RecordStatus[];
export const actionNames = rows.map(([name]) => name);

/** Where the action leads from the status when who acts is one of O, D and S; undefined when it is refused. */
export function expectedStatus(status: RecordStatus, name: string, who: string): RecordStatus | undefined {
  const cell = rows.find(([action]) => action === name)?.[statusNames.indexOf(status) + 1] ?? '';
  return cell.startsWith(`${who}→`) ? (cell.slice(2) as RecordStatus) : undefined;
}
