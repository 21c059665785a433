import { basename } from 'node:path';
import type { RestorePlan } from '../../../protocol/domain/restore.ts';

/** What a restore is called in lists: "restore of a part of clinic_full.tar.zst". */
export function restoreTitle({
  backup,
  mode,
  parts,
}: Pick<RestorePlan, 'backup' | 'mode' | 'parts'>): string {
  const name = basename(backup.path);
  if (mode?.kind === 'elsewhere') return `unpacking of ${name} into ${mode.folder}`;
  if (mode?.kind === 'beside') return `tables of ${name} beside the live ones`;
  const what = parts === undefined ? name : `a part of ${name}`;
  return mode?.kind === 'merge' ? `merge of ${what}` : `restore of ${what}`;
}
