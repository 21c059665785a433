import type { KnownDowntime } from '../restore/downtime.ts';
import type { Daemon } from './daemon.ts';

/** Merges, roll backs and restores elsewhere lie between. */
const looksAt = 20;

/** How long this application was down for its last whole restore, else how long it took to start in its last drill. */
export function knownDowntime({ state }: Pick<Daemon, 'state'>): KnownDowntime | undefined {
  for (const { state: ended } of state.jobs.newestDone('restore', looksAt)) {
    if (ended.kind !== 'done' || ended.result.kind !== 'restore') continue;
    const { outcome, downtimeMs } = ended.result.restore;
    if (outcome === 'restored' && downtimeMs > 0) {
      return { from: 'restore', seconds: downtimeMs / 1000 };
    }
  }
  for (const { state: ended } of state.jobs.newestDone('drill', looksAt)) {
    if (ended.kind !== 'done' || ended.result.kind !== 'drill') continue;
    const { probe } = ended.result.drill;
    if (probe?.ready === true) return { from: 'drill', startSeconds: probe.seconds };
  }
  return undefined;
}
