import type { Daemon } from '../daemon.ts';

/** Why nothing may be deleted by a rule now; undefined: it may. */
export function deletionHeld(daemon: Pick<Daemon, 'clock'>): string | undefined {
  return daemon.clock.doubt();
}
