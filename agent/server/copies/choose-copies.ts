import { dirname } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { BackupCopy } from '../../../protocol/domain/copy.ts';
import type { CopyItem } from '../../backup/copies/copy-order.ts';

/** Where copies go, as the list knows it. */
export interface FarPlace {
  readonly store?: string | undefined;
  readonly folder: string;
}

/** Every place of a backup. */
export function placesOf({ path, store, presence, copies = [] }: Backup): readonly BackupCopy[] {
  const own = store === undefined ? { path, presence } : { path, store, presence };
  return [own, ...copies];
}

export function liesIn(backup: Backup, far: FarPlace): BackupCopy | undefined {
  return placesOf(backup).find(
    ({ path, store, presence }) =>
      presence === 'present' &&
      (far.store === undefined ? dirname(path) === far.folder : store === far.store),
  );
}

/**
 * What is copied where these were asked for: a full with its differentials, and of a differential by itself its
 * full too, unless that is at the far end; fulls first. Those that can't be read now stand in `absent`.
 */
export function chooseCopies(
  asked: readonly Backup[],
  all: readonly Backup[],
  far: FarPlace,
): { readonly items: readonly CopyItem[]; readonly absent: readonly Backup[] } {
  const fulls = new Set(asked.filter(({ kind }) => kind === 'full').map(({ id }) => id));
  const wanted = new Map(asked.map((backup) => [backup.id, backup]));
  for (const backup of all)
    if (fulls.has(backup.base ?? '') && backup.presence === 'present')
      wanted.set(backup.id, backup);
  const byId = new Map(all.map((backup) => [backup.id, backup]));
  const bases = new Map<string, Backup>();
  for (const { base = '' } of wanted.values()) {
    const full = wanted.has(base) ? undefined : byId.get(base);
    if (full !== undefined && liesIn(full, far) === undefined) bases.set(base, full);
  }
  const needed = [...bases.values()].map((full) => ({
    ...itemOf(full, far),
    stays: true as const,
  }));
  const chosen = [...wanted.values()].toSorted(fullsFirst);
  return {
    items: [...needed, ...chosen.map((backup) => itemOf(backup, far))],
    absent: [...bases.values(), ...chosen].filter(({ presence }) => presence !== 'present'),
  };
}

function itemOf(backup: Backup, far: FarPlace): CopyItem {
  const { id, kind, base, sizeBytes, sha256, proof } = backup;
  const there = liesIn(backup, far);
  // What is read is not the one that lies there, which a move is to leave.
  const near =
    placesOf(backup).find(({ path, presence }) => presence === 'present' && path !== there?.path) ??
    backup;
  return {
    backup: id,
    kind,
    ...(base === undefined ? {} : { base }),
    from: near.path,
    sizeBytes,
    ...(sha256 === undefined || proof.kind !== 'verified' ? {} : { sha256 }),
    ...(there === undefined ? {} : { there: there.path }),
    ...(near.path === there?.path ? { stays: true as const } : {}),
  };
}

function fullsFirst(a: Backup, b: Backup): number {
  const rank = ({ kind }: Backup): number => (kind === 'full' ? 0 : 1);
  return rank(a) - rank(b) || a.capturedAtMs - b.capturedAtMs;
}
