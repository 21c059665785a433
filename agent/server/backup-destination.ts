import { KedgeError } from '../../protocol/failures.ts';
import type { Destination } from '../../protocol/methods/backup.ts';
import type { DifferentialOrder } from '../backup/backup-order.ts';
import type { Config } from '../config/config.ts';
import { chooseBase } from './choose-base.ts';
import type { Daemon } from './daemon.ts';

export function firstStore(config: Config): Destination {
  const [store] = Object.keys(config.stores);
  if (store !== undefined) return { kind: 'store', store };
  throw new KedgeError('bad-argument', {
    what: 'destination',
    problem: 'none is configured; name a folder',
  });
}

export function checkDestination(config: Config, to: Destination): void {
  if (to.kind === 'store' && config.stores[to.store] === undefined) {
    throw new KedgeError('destination-unknown', { store: to.store });
  }
}

/** The full for a differential to this destination, or why there is none. */
export function baseFor(daemon: Daemon, destination: Destination): DifferentialOrder {
  return chooseBase({
    backups: daemon.backups.all(),
    destination,
    application: daemon.config().application.id,
    installation: daemon.state.installation,
  });
}
