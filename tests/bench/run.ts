/**
 * `npm run bench -- [--records N]`: how fast the catalogue is, beside bare servers and engines in the same run.
 * `--only queue` measures the moderators' pages alone, `--only import` the import of a large workbook.
 */
import { parseArgs } from 'node:util';
import { benchData } from './data.ts';
import { measureHttp } from './http.ts';
import { measureImports } from './imports.ts';
import { measureMatching } from './matching.ts';
import { measureQueue } from './queue.ts';
import { importReport, queueReport, report } from './report.ts';
import { measureSearch } from './search.ts';

const { values } = parseArgs({ options: { records: { type: 'string', default: '100000' }, only: { type: 'string' } } });
const records = Number(values.records);
if (!Number.isInteger(records) || records < 1000) throw new Error('--records: expected a number from 1000');

const parts = ['queue', 'import'];
if (values.only !== undefined && !parts.includes(values.only))
  throw new Error(`--only: expected ${parts.join(' or ')}`);

const say = (text: string) => console.error(`• ${text}`);
const reviewing = async () => {
  say('The review queue …');
  return queueReport(await measureQueue((text) => say(`Review: ${text}`)));
};
const importing = async () => {
  say('Importing …');
  return importReport(await measureImports((text) => say(`Import: ${text}`)));
};
if (values.only === 'queue') console.log(`\n${await reviewing()}`);
else if (values.only === 'import') console.log(`\n${await importing()}`);
else {
  const besides = [await reviewing(), await importing()];
  const data = await benchData(records, say);
  say('Searching …');
  const search = await measureSearch(data);
  say('Matching …');
  const matching = await measureMatching(data);
  const http = await measureHttp(data, (text) => say(`Loading: ${text}`));
  console.log(`\n${[report({ data, search, matching, http }), ...besides].join('\n\n')}`);
}
