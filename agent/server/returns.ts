import type { Backup } from '../../protocol/domain/backup.ts';

/** Where one can go back to without looking for it, and what was proven last. */
export interface Returns {
  readonly checkpoints: readonly Backup[];
  readonly lastProven?: Backup;
}

/** So long a checkpoint is offered for a jump back; it stays longer, as it is pinned. */
const offeredMs = 7 * 24 * 3_600_000;

export function returnsOf(backups: readonly Backup[], nowMs: number): Returns {
  const checkpoints = backups
    .filter(
      ({ origin, capturedAtMs }) => origin === 'checkpoint' && nowMs - capturedAtMs < offeredMs,
    )
    .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs);
  const [lastProven] = backups
    .filter(({ proven }) => proven !== undefined)
    .toSorted((a, b) => (b.proven?.atMs ?? 0) - (a.proven?.atMs ?? 0));
  return lastProven === undefined ? { checkpoints } : { checkpoints, lastProven };
}
