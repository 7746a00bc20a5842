/** `npm run bench -- [--records N]`: how fast the catalogue is, beside bare servers and engines in the same run. */
import { parseArgs } from 'node:util';
import { benchData } from './data.ts';
import { measureHttp } from './http.ts';
import { measureMatching } from './matching.ts';
import { report } from './report.ts';
import { measureSearch } from './search.ts';

const { values } = parseArgs({ options: { records: { type: 'string', default: '100000' } } });
const records = Number(values.records);
if (!Number.isInteger(records) || records < 1000) throw new Error('--records: expected a number from 1000');

const say = (text: string) => console.error(`• ${text}`);
const data = await benchData(records, say);
say('Searching …');
const search = await measureSearch(data);
say('Matching …');
const matching = await measureMatching(data);
const http = await measureHttp(data, (text) => say(`Loading: ${text}`));
console.log(`\n${report({ data, search, matching, http })}`);
