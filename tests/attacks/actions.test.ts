import { afterAll, beforeAll, expect, test } from 'vitest';
import { actions } from '../../src/accounts/policy.ts';
import { changedTables, contentOf } from '../support/content.ts';
import { publicUrl } from '../support/server.ts';
import { arriving, settling } from './actions/accounts.ts';
import { connecting } from './actions/connections.ts';
import { answeringForData, counting, harvesting, importing, naming } from './actions/department.ts';
import { telling, watching } from './actions/news.ts';
import { guided, reviewing, writing } from './actions/records.ts';
import { World } from './actions/world.ts';

/**
 * Every action, with a form that is right in every way: sent by a stranger, by another site's page and by nobody in
 * particular, it changes nothing that is stored; then it is sent by whom it is for, and must change something (else
 * the form would be wrong and the rest would prove nothing).
 */

const world = new World();
const { sqlite } = world;

/** In an order in which each still finds what it needs. */
const cases = [
  arriving,
  writing,
  connecting,
  reviewing,
  guided,
  watching,
  telling,
  naming,
  counting,
  importing,
  harvesting,
  answeringForData,
  settling,
].flatMap((area) => area(world));

beforeAll(() => world.start());
afterAll(() => world.stop());

test('every action is here', () => {
  expect([...new Set(cases.map(({ action }) => action))].sort()).toEqual(Object.keys(actions).sort());
});

test.each(cases)('$action', async ({ action, who, fields, foreign }) => {
  sqlite.exec('delete from rate_limit');
  const right = await fields();
  await world.quiet();
  const before = contentOf(sqlite);
  const changed = () => changedTables(before, contentOf(sqlite));
  if (foreign !== 'own') {
    const wrong = foreign ? await foreign() : right;
    await world.post('stranger', action, wrong);
    expect(changed(), 'by a stranger').toEqual([]);
    if (actions[action] !== 'everybody') await world.post('nobody', action, wrong);
    expect(changed(), 'by a visitor').toEqual([]);
    if (actions[action] === 'administrator') await world.post('reviewer', action, wrong);
    expect(changed(), 'by a moderator').toEqual([]);
  }
  for (const origin of ['https://evil.example', 'null', `${publicUrl}.evil.example`, null]) {
    await world.post(who, action, right, origin);
    expect(changed(), `by a page of ${origin}`).toEqual([]);
  }
  await world.post(who, action, right);
  expect(changed()).not.toEqual([]);
});
