import { basename } from 'node:path';
import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import type { RestorePart } from '../../../protocol/domain/restore-order.ts';

const namedAtMost = 2;
/** A path is told by its end. */
const cellsOfPath = 40;

/** What a restore is called in lists: "restore of uploads/2024 of clinic_full.tar.zst". */
export function restoreTitle({
  backup,
  mode,
  parts,
}: Pick<RestorePlan, 'backup' | 'mode' | 'parts'>): string {
  const name = basename(backup.path);
  const what = parts === undefined ? name : `${namesOf(parts)} of ${name}`;
  if (mode?.kind === 'elsewhere') return `unpacking of ${what} into ${mode.folder}`;
  if (mode?.kind === 'beside') return `${what} beside what is live`;
  return mode?.kind === 'merge' ? `merge of ${what}` : `restore of ${what}`;
}

function namesOf(parts: readonly RestorePart[]): string {
  const names = parts.flatMap(namesOfPart);
  const rest = names.length - namedAtMost;
  // "and 1 more" is as long as most names.
  if (rest <= 1) return names.join(', ');
  return `${names.slice(0, namedAtMost).join(', ')} and ${rest} more`;
}

function namesOfPart({ source, paths, tables }: RestorePart): readonly string[] {
  if (tables !== undefined)
    return tables.map(({ table, keys }) => `${rowsOf(keys)}${shortened(`${source}.${table}`)}`);
  return paths === undefined ? [source] : paths.map((path) => shortened(`${source}/${path}`));
}

function rowsOf(keys: readonly unknown[] | undefined): string {
  if (keys === undefined) return '';
  return keys.length === 1 ? '1 row of ' : `${keys.length} rows of `;
}

function shortened(path: string): string {
  const cells = Array.from(path);
  return cells.length <= cellsOfPath ? path : `…${cells.slice(1 - cellsOfPath).join('')}`;
}
