import type { ConnectionActor, ConnectionState } from '../../db/schema.ts';

/** Waiting for an answer. */
export const pendingStates = ['proposed', 'requested', 'awaiting_asker'] as const;
/** Both sides have said yes, and nothing has come of it yet. */
export const runningStates = ['accepted', 'in_discussion'] as const;
export const openStates = [...pendingStates, ...runningStates] as const;

export const isPending = (state: ConnectionState): boolean => (pendingStates as readonly string[]).includes(state);
export const isOpen = (state: ConnectionState): boolean => (openStates as readonly string[]).includes(state);

const both = ['asker', 'asked'] as const;
const all = ['asker', 'asked', 'moderator'] as const;

type Way = { to: ConnectionState; by: readonly ConnectionActor[] };
type Ways = Partial<Record<ConnectionState, Way | Way[]>>;

/** What leaves a connection where it is, and what moves an accepted one into discussion. */
const withoutAnswer = (by: Way['by']): Ways => ({
  proposed: { to: 'proposed', by },
  requested: { to: 'requested', by },
  awaiting_asker: { to: 'awaiting_asker', by },
});
const inDiscussion = (by: Way['by']): Ways => ({
  accepted: { to: 'in_discussion', by },
  in_discussion: { to: 'in_discussion', by },
});

/**
 * Every way from one state to another (design.md §6), by action. What the Department proposes needs both sides' yes:
 * once the asker's is there it is a request like any other.
 */
const ways = {
  accept: {
    proposed: [
      { to: 'requested', by: ['asker'] },
      { to: 'awaiting_asker', by: ['asked'] },
    ],
    requested: { to: 'accepted', by: ['asked'] },
    awaiting_asker: { to: 'accepted', by: ['asker'] },
  },
  decline: {
    proposed: { to: 'declined', by: both },
    requested: { to: 'declined', by: ['asked'] },
    awaiting_asker: { to: 'declined', by: ['asker'] },
  },
  withdraw: {
    proposed: { to: 'withdrawn', by: ['moderator'] },
    requested: { to: 'withdrawn', by: ['asker', 'system'] },
    awaiting_asker: { to: 'withdrawn', by: ['asked'] },
  },
  expire: {
    proposed: { to: 'expired', by: ['system'] },
    requested: { to: 'expired', by: ['system'] },
    awaiting_asker: { to: 'expired', by: ['system'] },
  },
  /** A message or a file; before an answer it is a question or the answer to one. */
  write: { ...withoutAnswer(all), ...inDiscussion(all) },
  plan: inDiscussion(all),
  askDepartment: {
    ...withoutAnswer(both),
    accepted: { to: 'accepted', by: both },
    in_discussion: { to: 'in_discussion', by: both },
  },
  agree: { accepted: { to: 'agreement', by: both }, in_discussion: { to: 'agreement', by: both } },
  close: {
    accepted: { to: 'closed', by: [...both, 'system'] },
    in_discussion: { to: 'closed', by: [...both, 'system'] },
  },
} as const satisfies Record<string, Ways>;
export type ConnectionAction = keyof typeof ways;
export const connectionActions = Object.keys(ways) as ConnectionAction[];

/** Where an action leads; undefined when this actor may not take it from here. */
export const nextState = (
  state: ConnectionState,
  action: ConnectionAction,
  actor: ConnectionActor,
): ConnectionState | undefined => [(ways[action] as Ways)[state] ?? []].flat().find(({ by }) => by.includes(actor))?.to;

/** Which sides an answer or a word is waited for from; nobody's when it has ended. */
export function awaited(state: ConnectionState, lastSide: ConnectionActor): readonly ('asker' | 'asked')[] {
  const other = lastSide === 'asked' ? 'asker' : 'asked';
  switch (state) {
    case 'proposed':
      return both;
    case 'requested':
      return [lastSide === 'asked' ? 'asker' : 'asked'];
    case 'awaiting_asker':
      return [lastSide === 'asker' ? 'asked' : 'asker'];
    case 'accepted':
    case 'in_discussion':
      return lastSide === 'asker' || lastSide === 'asked' ? [other] : both;
    default:
      return [];
  }
}

/** Whose yes is missing. */
export const undecided = (state: ConnectionState): readonly ('asker' | 'asked')[] =>
  both.filter((side) => nextState(state, 'accept', side) !== undefined);
