import { randomUUID } from 'node:crypto';
import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import type { RestoreChoices } from '../../protocol/domain/restore-safety.ts';
import type { Destination } from '../../protocol/methods/backup.ts';
import type { SafetyOrder } from '../restore/safety-order.ts';
import { chooseBase } from './choose-base.ts';
import type { Daemon } from './daemon.ts';
import { keyStatusOf } from './key-check.ts';
import { lastFullFigures } from './last-full-figures.ts';

/** Where the safety backup of a restore goes and against which full: the newest good one that is here. */
export async function chooseSafety(
  daemon: Daemon,
  choices: RestoreChoices | undefined,
): Promise<SafetyOrder> {
  const { problem } = await keyStatusOf(daemon);
  if (problem !== undefined) return { kind: 'nowhere', why: problem };
  // A full that was taken away by hand is no base.
  await daemon.backups.refresh();
  const destination = destinationOf(daemon, choices?.safetyTo);
  if (destination === undefined) {
    return { kind: 'nowhere', why: 'no destination is configured and online' };
  }
  const differential = chooseBase({
    backups: daemon.backups.all(),
    destination,
    application: daemon.config().application.id,
    installation: daemon.state.installation,
  });
  const lastBytes = 'base' in differential ? lastBytesOf(daemon, differential.base.id) : undefined;
  return {
    kind: 'to',
    backupId: randomUUID(),
    destination,
    differential,
    ...(lastBytes === undefined ? {} : { lastBytes }),
    ...lastFullFigures(daemon),
  };
}

/** The store of the newest good full, so that the backup is a small one; else the first that is online. */
function destinationOf(daemon: Daemon, folder: string | undefined): Destination | undefined {
  if (folder !== undefined) return { kind: 'folder', folder };
  const offline = new Set(daemon.overview.offlineStores());
  const online = Object.keys(daemon.config().stores).filter((name) => !offline.has(name));
  const store = newestFirst(daemon).find((backup) => isBase(backup) && isIn(backup, online))?.store;
  const chosen = store ?? online[0];
  return chosen === undefined ? undefined : { kind: 'store', store: chosen };
}

function isBase(backup: Backup): boolean {
  return backup.kind === 'full' && backup.presence === 'present' && isGood(backup);
}

function isIn({ store }: Backup, stores: readonly string[]): boolean {
  return store !== undefined && stores.includes(store);
}

function lastBytesOf(daemon: Daemon, base: string): number | undefined {
  return newestFirst(daemon).find((backup) => backup.base === base)?.sizeBytes;
}

function newestFirst(daemon: Daemon): readonly Backup[] {
  return daemon.backups.all().toSorted((a, b) => b.capturedAtMs - a.capturedAtMs);
}
