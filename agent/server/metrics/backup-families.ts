import type { Store } from '../../../protocol/domain/snapshot.ts';
import type { BackupFigures } from './backup-figures.ts';
import { gauge, type MetricFamily, stateSamples } from './metric-text.ts';

/** Of backups, and of where they lie. Times are seconds since the epoch, sizes bytes. */
export function backupFamilies(
  figures: BackupFigures,
  stores: readonly Store[],
  nowMs: number,
): readonly MetricFamily[] {
  const { newestGoodFullMs } = figures;
  const age = newestGoodFullMs === undefined ? undefined : (nowMs - newestGoodFullMs) / 1_000;
  return [
    {
      name: 'kedge_backups',
      type: 'gauge',
      help: 'Listed backups by destination, kind and state; copies count where they lie.',
      samples: figures.counts.map(({ store, kind, state, count }) => ({
        labels: { store, kind, state },
        value: count,
      })),
    },
    ...newestFamilies(figures),
    gauge(
      'kedge_newest_good_full_timestamp_seconds',
      'When the newest good full backup of this installation was taken.',
      seconds(newestGoodFullMs),
    ),
    gauge(
      'kedge_newest_good_full_age_seconds',
      'How long ago that was when this was written.',
      age,
    ),
    gauge(
      'kedge_last_verified_timestamp_seconds',
      'When the last verification of a backup passed.',
      seconds(figures.lastVerifiedMs),
    ),
    gauge(
      'kedge_last_proven_timestamp_seconds',
      'When the last drill passed.',
      seconds(figures.lastProvenMs),
    ),
    gauge(
      'kedge_unverified_fulls',
      'Full backups of which not every byte was read within the last 31 days.',
      figures.unverifiedFulls,
    ),
    ...storeFamilies(figures, stores),
  ];
}

function newestFamilies({ newest }: BackupFigures): readonly MetricFamily[] {
  return [
    {
      name: 'kedge_last_good_backup_timestamp_seconds',
      type: 'gauge',
      help: 'When the newest good backup was taken, by schedule (absent: by hand) and kind.',
      samples: newest.flatMap(({ schedule, kind, goodMs }) =>
        goodMs === undefined ? [] : [{ labels: { schedule, kind }, value: goodMs / 1_000 }],
      ),
    },
    {
      name: 'kedge_last_backup_size_bytes',
      type: 'gauge',
      help: 'Size of the newest backup, by schedule (absent: by hand) and kind.',
      samples: newest.map(({ schedule, kind, bytes }) => ({
        labels: { schedule, kind },
        value: bytes,
      })),
    },
    {
      name: 'kedge_last_backup_content_bytes',
      type: 'gauge',
      help: 'What the newest backup holds, unpacked.',
      samples: newest.map(({ schedule, kind, contentBytes }) => ({
        labels: { schedule, kind },
        value: contentBytes,
      })),
    },
  ];
}

function storeFamilies(
  { counts }: BackupFigures,
  stores: readonly Store[],
): readonly MetricFamily[] {
  const bytesIn = (id: string): number =>
    counts.filter(({ store }) => store === id).reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    {
      name: 'kedge_store_state',
      type: 'gauge',
      help: 'Destinations: 1 for the state each is in; away is a drive that is not plugged in.',
      samples: stores.flatMap(({ id, state }) =>
        stateSamples({ store: id }, ['online', 'offline', 'away'], state),
      ),
    },
    {
      name: 'kedge_store_backup_bytes',
      type: 'gauge',
      help: 'Bytes of the backups in a destination.',
      samples: stores.map(({ id }) => ({ labels: { store: id }, value: bytesIn(id) })),
    },
    storeGauge('kedge_store_free_bytes', 'Free bytes of its file system.', stores, 'freeBytes'),
    storeGauge('kedge_store_size_bytes', 'Size of its file system.', stores, 'totalBytes'),
  ];
}

function storeGauge(
  name: string,
  help: string,
  stores: readonly Store[],
  key: 'freeBytes' | 'totalBytes',
): MetricFamily {
  const samples = stores.flatMap(({ id, [key]: value }) =>
    value === undefined ? [] : [{ labels: { store: id }, value }],
  );
  return { name, type: 'gauge', help, samples };
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1_000;
}
