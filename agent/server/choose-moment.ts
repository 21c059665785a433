import { basename } from 'node:path';
import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import type { AskedMoment } from '../../protocol/domain/restore.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { exists } from '../os/files.ts';
import type { ListedBackups } from './listed-backups.ts';

/** Backups that are looked at in one go, newest first. */
const pageSize = 200;
/** Of those that are passed over so many are named. */
const namedAtMost = 10;

type Listed = Pick<ListedBackups, 'page' | 'get'>;

export interface ChosenBackup {
  readonly backup: Backup;
  readonly asked: AskedMoment;
}

/** The newest good backup of an application at or before a moment, and what was passed over for it. */
export async function chooseMoment(
  backups: Listed,
  application: string,
  atMs: number,
  isThere: (path: string) => Promise<boolean> = exists,
): Promise<ChosenBackup> {
  const passedOver: AskedMoment['passedOver'][number][] = [];
  let oldest: Backup | undefined;
  for (const backup of newestFirst(backups)) {
    if (backup.application !== application) continue;
    oldest = backup;
    if (backup.capturedAtMs > atMs) continue;
    const why = whyNotGood(backup, backups) ?? (await whyGone(backup, backups, isThere));
    if (why === undefined) {
      const gapSeconds = Math.round((atMs - backup.capturedAtMs) / 1000);
      return { backup, asked: { atMs, gapSeconds, passedOver } };
    }
    if (passedOver.length < namedAtMost) passedOver.push(named(backup, why));
  }
  throw noGood(atMs, passedOver, oldest);
}

/** Why nothing may be restored from it without a second look; undefined: it is good, and all of it is here. */
export function whyNotGood(backup: Backup, backups: Pick<Listed, 'get'>): string | undefined {
  const base = backup.base === undefined ? undefined : backups.get(backup.base);
  if (backup.presence !== 'present') return absent[backup.presence];
  if (backup.proof.kind === 'damaged') return `it is damaged: ${backup.proof.problem}`;
  if (backup.integrity === 'damaged') {
    return `what it holds is damaged: ${backup.integrityProblem ?? 'see its verification'}`;
  }
  const gap = backup.gaps.find(({ kind }) => kind === 'source');
  if (gap !== undefined) return `source "${gap.source}" is not in it: ${gap.reason}`;
  if (!isGood(backup)) return 'it was not verified yet';
  if (backup.base === undefined) return undefined;
  if (base?.presence !== 'present')
    return `its full "${backup.baseName ?? backup.base}" is not here`;
  return base.proof.kind === 'damaged' ? `its full "${basename(base.path)}" is damaged` : undefined;
}

/** What is listed may have gone a moment ago. */
async function whyGone(
  { path, base }: Backup,
  backups: Pick<Listed, 'get'>,
  isThere: (path: string) => Promise<boolean>,
): Promise<string | undefined> {
  if (!(await isThere(path))) return absent.missing;
  const full = base === undefined ? undefined : backups.get(base);
  if (full === undefined || (await isThere(full.path))) return undefined;
  return `its full "${basename(full.path)}" is not here`;
}

const absent = { missing: 'its file is gone', offline: 'its destination is offline' } as const;

function* newestFirst(backups: Listed): Generator<Backup> {
  for (let offset = 0; ; offset += pageSize) {
    const page = backups.page(offset, pageSize);
    yield* page.backups;
    if (offset + pageSize >= page.total) return;
  }
}

function named({ id, path, capturedAtMs }: Backup, why: string) {
  return { backup: id, name: basename(path), capturedAtMs, why };
}

function noGood(
  atMs: number,
  passedOver: AskedMoment['passedOver'],
  oldest: Backup | undefined,
): KedgeError {
  const [newest] = passedOver;
  const at = wordUtc(atMs);
  if (newest !== undefined) {
    const why = `of "${newest.name}", the newest, ${newest.why}`;
    return new KedgeError('no-good-backup', { at, why });
  }
  const why =
    oldest === undefined
      ? 'there are none of this application'
      : `the oldest, "${basename(oldest.path)}", is of ${wordUtc(oldest.capturedAtMs)}`;
  return new KedgeError('no-good-backup', { at, why });
}

/** A failure does not know the zone of who reads it. */
function wordUtc(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
