import { expect, test } from 'vitest';
import { recordStatuses } from '../../db/schema.ts';
import { type Actor, nextStatus, type TransitionName, transitions } from '../../src/moderation/states.ts';

/** Everything that is allowed (design.md §6), written out: status, action, actor → where it leads. */
const allowed = [
  'draft submit owner submitted',
  'returned submit owner submitted',
  'submitted takeBack owner draft',
  'submitted approve moderator published',
  'submitted return moderator returned',
  'submitted reject moderator withdrawn',
  'published withdraw owner withdrawn',
  'expired withdraw owner withdrawn',
  'published suspend moderator suspended',
  'suspended restore moderator published',
  'published expire system expired',
  'expired renew owner published',
  'withdrawn renew owner published',
];

test('every status, action and actor: allowed as listed, otherwise refused', () => {
  const found: string[] = [];
  let refused = 0;
  for (const status of recordStatuses) {
    for (const name of Object.keys(transitions) as TransitionName[]) {
      for (const actor of ['owner', 'moderator', 'system'] as Actor[]) {
        const to = nextStatus(status, name, actor);
        if (to) found.push(`${status} ${name} ${actor} ${to}`);
        else refused += 1;
      }
    }
  }
  expect(found.sort()).toEqual(allowed.toSorted());
  expect(refused).toBe(recordStatuses.length * Object.keys(transitions).length * 3 - allowed.length);
});
