import type { RecordStatus } from '../../db/schema.ts';

/** A version that is being worked on or waits for review; a record has one at most. */
export const openRevisionStates = ['draft', 'submitted', 'returned'] as const;

/** Who acts on a record. */
export type Actor = 'owner' | 'moderator' | 'system';

interface Transition {
  from: readonly RecordStatus[];
  to: RecordStatus;
  by: readonly Actor[];
}

/**
 * Every way from one status to another (design.md §6). A version of a published record that is being changed goes
 * through the same states by itself: the public sees the approved one meanwhile.
 */
export const transitions = {
  submit: { from: ['draft', 'returned'], to: 'submitted', by: ['owner'] },
  takeBack: { from: ['submitted'], to: 'draft', by: ['owner'] },
  approve: { from: ['submitted'], to: 'published', by: ['moderator'] },
  return: { from: ['submitted'], to: 'returned', by: ['moderator'] },
  reject: { from: ['submitted'], to: 'withdrawn', by: ['moderator'] },
  withdraw: { from: ['published', 'expired'], to: 'withdrawn', by: ['owner'] },
  suspend: { from: ['published'], to: 'suspended', by: ['moderator'] },
  restore: { from: ['suspended'], to: 'published', by: ['moderator'] },
  expire: { from: ['published'], to: 'expired', by: ['system'] },
  renew: { from: ['published', 'expired', 'withdrawn'], to: 'published', by: ['owner'] },
} as const satisfies Record<string, Transition>;
export type TransitionName = keyof typeof transitions;

/**
 * Where a record stands once a version of it is approved. A suspended one stays suspended: what was complained of is
 * judged by restoring it, with a reason, and never by the way.
 */
export const statusOnceApproved = (status: RecordStatus): RecordStatus =>
  status === 'suspended' ? 'suspended' : transitions.approve.to;

/** Where an action leads; undefined when this actor may not take it from here. */
export function nextStatus(status: RecordStatus, name: TransitionName, actor: Actor): RecordStatus | undefined {
  const { from, to, by }: Transition = transitions[name];
  return from.includes(status) && by.includes(actor) ? to : undefined;
}
