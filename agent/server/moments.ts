import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Backup } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { BackupDay, BackupMoment } from '../../protocol/methods/moments.ts';
import { whyNotGood } from './choose-moment.ts';
import type { ListedBackups } from './listed-backups.ts';

type Listed = Pick<ListedBackups, 'page' | 'get'>;

/** So many take some ms, after which others get their turn. */
const pageSize = 100;
const lookedAt = 10_000;
const listedAtMost = 2_000;

/** Days that have backups of an application, the newest first. */
export async function backupDays(
  backups: Listed,
  application: string,
  zone: string,
): Promise<{ readonly days: readonly BackupDay[]; readonly older: boolean }> {
  const dayOf = dayIn(zone);
  const days = new Map<string, BackupDay>();
  let [seen, older] = [0, false];
  for await (const backup of newestFirst(backups)) {
    older = seen === lookedAt;
    if (older) break;
    seen += 1;
    if (backup.application !== application) continue;
    const { capturedAtMs: atMs } = backup;
    const day = dayOf(atMs);
    const known = days.get(day) ?? { day, fromMs: atMs, toMs: atMs, good: 0, total: 0 };
    const good = known.good + (whyNotGood(backup, backups) === undefined ? 1 : 0);
    const [fromMs, toMs] = [Math.min(known.fromMs, atMs), Math.max(known.toMs, atMs)];
    days.set(day, { day, fromMs, toMs, good, total: known.total + 1 });
  }
  return { days: [...days.values()], older };
}

/** Backups of an application between two moments, the newest first. */
export async function backupMoments(
  backups: Listed,
  application: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<readonly BackupMoment[]> {
  const moments: BackupMoment[] = [];
  for await (const backup of newestFirst(backups)) {
    const { id, path, capturedAtMs, kind } = backup;
    if (capturedAtMs < fromMs || moments.length === listedAtMost) break;
    if (capturedAtMs > toMs || backup.application !== application) continue;
    const why = whyNotGood(backup, backups);
    const name = basename(path);
    moments.push({ backup: id, name, capturedAtMs, kind, ...(why !== undefined && { why }) });
  }
  return moments;
}

async function* newestFirst(backups: Listed): AsyncGenerator<Backup> {
  for (let offset = 0; ; offset += pageSize) {
    const page = backups.page(offset, pageSize);
    yield* page.backups;
    if (offset + pageSize >= page.total) return;
    await setImmediate();
  }
}

function dayIn(zone: string): (atMs: number) => string {
  try {
    // The only locale whose short form of a day is year, month, day.
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    return (atMs) => format.format(atMs);
  } catch (error) {
    const problem = `"${zone}" is no time zone that is known here`;
    throw new KedgeError('bad-argument', { what: 'zone', problem }, { cause: error });
  }
}
