import { expect, test } from 'vitest';
import { recordStatuses } from '../../db/schema.ts';
import { expiryOf, isRenewable } from '../../src/moderation/lifecycle.ts';
import {
  type Actor,
  nextStatus,
  statusOnceApproved,
  type TransitionName,
  transitions,
} from '../../src/moderation/states.ts';
import { actionNames, expectedStatus, statusNames } from '../support/states.ts';

test('every status, action and actor: as the design says, otherwise refused', () => {
  expect(statusNames.toSorted()).toEqual([...recordStatuses].sort());
  expect(actionNames.toSorted()).toEqual(Object.keys(transitions).sort());
  const actors: Record<string, Actor> = { O: 'owner', D: 'moderator', S: 'system' };
  let allowed = 0;
  for (const status of statusNames) {
    for (const name of actionNames) {
      for (const [letter, actor] of Object.entries(actors)) {
        const expected = expectedStatus(status, name, letter);
        expect(nextStatus(status, name as TransitionName, actor), `${name} by ${actor} when ${status}`).toBe(expected);
        if (expected) allowed += 1;
      }
    }
  }
  expect(allowed).toBe(14);
});

test('approving a version publishes its record, unless that is suspended', () => {
  for (const status of statusNames) {
    expect(statusOnceApproved(status)).toBe(status === 'suspended' ? 'suspended' : 'published');
  }
});

test.each([
  ['offer', '2026-11-25T02:00:00Z', '2027-11-25'],
  ['need', '2026-11-25T02:00:00Z', '2027-05-25'],
  // After 17:00 UTC it is the next day in Việt Nam.
  ['need', '2026-11-25T18:00:00Z', '2027-05-26'],
  ['need', '2026-08-31T02:00:00Z', '2027-02-28'],
  ['offer', '2028-02-29T02:00:00Z', '2029-02-28'],
  ['enterprise', '2026-11-25T02:00:00Z', null],
])('%s approved at %s is listed until %s', (kind, now, until) => {
  expect(expiryOf(kind, new Date(now))).toBe(until);
});

test('a renewal is offered from 30 days before the end, and always afterwards', () => {
  const now = new Date('2026-11-25T02:00:00Z');
  expect(isRenewable('published', '2026-12-25', now)).toBe(true);
  expect(isRenewable('published', '2026-12-26', now)).toBe(false);
  expect(isRenewable('expired', '2020-01-01', now)).toBe(true);
  expect(isRenewable('suspended', '2026-11-30', now)).toBe(false);
  expect(isRenewable('published', null, now)).toBe(false);
});
