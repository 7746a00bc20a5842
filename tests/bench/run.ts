/**
 * `npm run bench -- [--records N]`: how fast the catalogue is, beside bare servers and engines in the same run.
 * `--only queue` measures the moderators' pages alone.
 */
import { parseArgs } from 'node:util';
import { benchData } from './data.ts';
import { measureHttp } from './http.ts';
import { measureMatching } from './matching.ts';
import { measureQueue } from './queue.ts';
import { queueReport, report } from './report.ts';
import { measureSearch } from './search.ts';

const { values } = parseArgs({ options: { records: { type: 'string', default: '100000' }, only: { type: 'string' } } });
const records = Number(values.records);
if (!Number.isInteger(records) || records < 1000) throw new Error('--records: expected a number from 1000');

if (values.only !== undefined && values.only !== 'queue') throw new Error('--only: expected queue');

const say = (text: string) => console.error(`• ${text}`);
say('The review queue …');
const queue = await measureQueue((text) => say(`Review: ${text}`));
if (values.only === 'queue') console.log(`\n${queueReport(queue)}`);
else {
  const data = await benchData(records, say);
  say('Searching …');
  const search = await measureSearch(data);
  say('Matching …');
  const matching = await measureMatching(data);
  const http = await measureHttp(data, (text) => say(`Loading: ${text}`));
  console.log(`\n${report({ data, search, matching, http })}\n\n${queueReport(queue)}`);
}
