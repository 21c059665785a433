import type { Backup } from '../../protocol/domain/backup.ts';
import { holdingsOf, type Verdict } from './verdict.ts';

/** What a rule or a cap takes from one store. */
export interface Taking {
  readonly store: string;
  readonly reason: string;
}

/** Where every backup lies while one after the other is taken away, in thought. */
export interface Takings {
  /** Oldest first. */
  readonly judged: readonly Verdict[];
  /** What has been taken so far, by backup. */
  readonly taken: ReadonlyMap<string, readonly Taking[]>;
  /** Files taken so far. */
  count(): number;
  bytesIn(store: string): number;
  find(id: string | undefined): Verdict | undefined;
  isIn(backup: Backup, store: string): boolean;
  /** Whether nothing is left of it. One that is offline lies nowhere here, and is not gone. */
  isGone(backup: Backup): boolean;
  /** Differentials that are still there and need this full. */
  needing(full: Backup): readonly Verdict[];
  /** Whether no differential would be without its full, nor without it in the store that it lies in itself. */
  mayLeave(backup: Backup, stores: ReadonlySet<string>): boolean;
  take(backup: Backup, taking: Taking): void;
}

export function openTakings(newestFirst: readonly Verdict[]): Takings {
  const taken = new Map<string, Taking[]>();
  const stores = new Map(
    newestFirst.map(({ backup }) => [
      backup.id,
      new Set(holdingsOf(backup).map(({ store }) => store)),
    ]),
  );
  const dependents = differentialsOf(newestFirst);
  const byId = new Map(newestFirst.map((verdict) => [verdict.backup.id, verdict]));
  const bytes = new Map<string, number>();
  const add = (store: string, more: number): void =>
    void bytes.set(store, (bytes.get(store) ?? 0) + more);
  for (const { backup } of newestFirst)
    for (const { store } of holdingsOf(backup)) add(store, backup.sizeBytes);
  const isIn = ({ id }: Backup, store: string): boolean => stores.get(id)?.has(store) ?? false;
  const isGone = ({ id }: Backup): boolean => taken.has(id) && stores.get(id)?.size === 0;
  const needing = ({ id }: Backup): readonly Verdict[] =>
    (dependents.get(id) ?? []).filter(({ backup }) => !isGone(backup));
  return {
    judged: newestFirst.toReversed(),
    taken,
    count: () => [...taken.values()].reduce((sum, { length }) => sum + length, 0),
    bytesIn: (store) => bytes.get(store) ?? 0,
    find: (id) => byId.get(id ?? ''),
    isIn,
    isGone,
    needing,
    mayLeave(backup, leaving) {
      const living = needing(backup);
      if (living.length === 0) return true;
      const staysSomewhere = [...(stores.get(backup.id) ?? [])].some((one) => !leaving.has(one));
      return (
        staysSomewhere &&
        living.every((each) => [...leaving].every((one) => !isIn(each.backup, one)))
      );
    },
    take({ id, sizeBytes }, taking) {
      if (stores.get(id)?.delete(taking.store) !== true) return;
      add(taking.store, -sizeBytes);
      const before = taken.get(id);
      if (before === undefined) taken.set(id, [taking]);
      else before.push(taking);
    },
  };
}

/** By their full. One whose file is missing needs nothing. */
function differentialsOf(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly Verdict[]> {
  const found = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const { base, presence } = verdict.backup;
    if (base === undefined || presence === 'missing') continue;
    const others = found.get(base);
    if (others === undefined) found.set(base, [verdict]);
    else others.push(verdict);
  }
  return found;
}
