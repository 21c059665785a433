import type { Journal } from '../journal/journal.ts';
import type { SwapStep } from '../sources/swap-step.ts';
import type { Begin, GivenUp, RestoreRecord } from './restore-record.ts';

/** How far a restore has come, read from its journal. */
export interface RestoreState {
  readonly begin: Begin;
  /** Services that ran before and have to run again, in the order in which they start. */
  readonly services: readonly string[];
  readonly stoppingAtMs?: number;
  readonly kept: Readonly<Record<string, boolean>>;
  /** Steps that were at least begun, oldest first. */
  readonly swaps: readonly { readonly step: SwapStep; readonly identity: string }[];
  /** Steps that nothing takes back, all of them, from before the first was begun. */
  readonly onward?: readonly SwapStep[];
  readonly swapped: boolean;
  readonly started?: { readonly downtimeMs: number; readonly down?: readonly string[] | undefined };
  readonly givenUp?: GivenUp;
  readonly back?: { readonly why: string };
  readonly rolledBack: boolean;
  readonly ended: boolean;
}

export function stateOf({ path, records }: Pick<Journal<RestoreRecord>, 'path' | 'records'>) {
  const [begin] = records;
  if (begin?.kind !== 'begin') throw new Error(`the journal "${path}" does not begin with a plan`);
  return records.reduce<RestoreState>(apply, {
    begin,
    services: [],
    kept: {},
    swaps: [],
    swapped: false,
    rolledBack: false,
    ended: false,
  });
}

function apply(state: RestoreState, record: RestoreRecord): RestoreState {
  switch (record.kind) {
    case 'stopping':
      return {
        ...state,
        services: record.services,
        ...(record.atMs === undefined ? {} : { stoppingAtMs: record.atMs }),
      };
    case 'kept':
      return { ...state, kept: record.kept };
    case 'swap':
      return { ...state, swaps: [...state.swaps, record] };
    case 'onward':
      return { ...state, onward: record.steps };
    case 'swapped':
      return { ...state, swapped: true };
    case 'started':
      return { ...state, started: record };
    case 'given up':
      return { ...state, givenUp: record };
    case 'back':
      return { ...state, back: record };
    case 'rolled back':
      return { ...state, rolledBack: true };
    case 'end':
      return { ...state, ended: true };
    default:
      return state;
  }
}
