import { expect, test } from 'vitest';
import { type ConnectionActor, connectionStates } from '../../db/schema.ts';
import { awaited, connectionActions, nextState, undecided } from '../../src/connections/states.ts';

/** Everything that is allowed (design.md §6), written out: state, action, actor → where it leads. */
const allowed = [
  'proposed accept asker requested',
  'proposed accept asked awaiting_asker',
  'requested accept asked accepted',
  'awaiting_asker accept asker accepted',
  'proposed decline asker declined',
  'proposed decline asked declined',
  'requested decline asked declined',
  'awaiting_asker decline asker declined',
  'proposed withdraw moderator withdrawn',
  'requested withdraw asker withdrawn',
  'requested withdraw system withdrawn',
  'awaiting_asker withdraw asked withdrawn',
  'proposed expire system expired',
  'requested expire system expired',
  'awaiting_asker expire system expired',
  'proposed write asker proposed',
  'proposed write asked proposed',
  'proposed write moderator proposed',
  'requested write asker requested',
  'requested write asked requested',
  'requested write moderator requested',
  'awaiting_asker write asker awaiting_asker',
  'awaiting_asker write asked awaiting_asker',
  'awaiting_asker write moderator awaiting_asker',
  'accepted write asker in_discussion',
  'accepted write asked in_discussion',
  'accepted write moderator in_discussion',
  'in_discussion write asker in_discussion',
  'in_discussion write asked in_discussion',
  'in_discussion write moderator in_discussion',
  'accepted plan asker in_discussion',
  'accepted plan asked in_discussion',
  'accepted plan moderator in_discussion',
  'in_discussion plan asker in_discussion',
  'in_discussion plan asked in_discussion',
  'in_discussion plan moderator in_discussion',
  'proposed askDepartment asker proposed',
  'proposed askDepartment asked proposed',
  'requested askDepartment asker requested',
  'requested askDepartment asked requested',
  'awaiting_asker askDepartment asker awaiting_asker',
  'awaiting_asker askDepartment asked awaiting_asker',
  'accepted askDepartment asker accepted',
  'accepted askDepartment asked accepted',
  'in_discussion askDepartment asker in_discussion',
  'in_discussion askDepartment asked in_discussion',
  'accepted agree asker agreement',
  'accepted agree asked agreement',
  'in_discussion agree asker agreement',
  'in_discussion agree asked agreement',
  'accepted close asker closed',
  'accepted close asked closed',
  'accepted close system closed',
  'in_discussion close asker closed',
  'in_discussion close asked closed',
  'in_discussion close system closed',
];

test('every state, action and actor: allowed as listed, otherwise refused', () => {
  const found: string[] = [];
  let tried = 0;
  for (const state of connectionStates) {
    for (const action of connectionActions) {
      for (const actor of ['asker', 'asked', 'moderator', 'system'] as ConnectionActor[]) {
        tried += 1;
        const to = nextState(state, action, actor);
        if (to) found.push(`${state} ${action} ${actor} ${to}`);
      }
    }
  }
  expect(tried).toBe(10 * 9 * 4);
  expect(found.sort()).toEqual(allowed.toSorted());
});

test('whose yes is missing, and who is waited for', () => {
  expect(connectionStates.filter((state) => undecided(state).length > 0)).toEqual([
    'proposed',
    'requested',
    'awaiting_asker',
  ]);
  expect(undecided('requested')).toEqual(['asked']);
  expect(awaited('requested', 'asker')).toEqual(['asked']);
  // A question was asked first.
  expect(awaited('requested', 'asked')).toEqual(['asker']);
  expect(awaited('in_discussion', 'asked')).toEqual(['asker']);
  expect(awaited('in_discussion', 'moderator')).toEqual(['asker', 'asked']);
  expect(awaited('closed', 'asked')).toEqual([]);
});
