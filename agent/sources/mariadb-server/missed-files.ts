import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Gap } from '../../../protocol/domain/backup.ts';
import { walk } from '../tree/walk.ts';

/** Files of a server's folder, relative; those it makes anew when it starts left out. */
export function filesIn(data: string): readonly string[] {
  const files: string[] = [];
  for (const found of walk(Buffer.from(data), (relative) => isNoDatabase(relative.toString()))) {
    if (found.kind !== 'entry' || !found.stat.isFile()) continue;
    const path = found.relative.toString('latin1');
    if (!isFleeting(path)) files.push(path);
  }
  return files;
}

/** Temporary tables, and what a file system puts there. */
function isNoDatabase(relative: string): boolean {
  return relative.startsWith('#') || relative === 'lost+found';
}

/** Of files, as a database may have any such name: logs, which the copy has anew; sockets and process files; what a change of a table has for a while. */
function isFleeting(relative: string): boolean {
  const name = relative.split('/').at(-1) ?? '';
  return (
    name.startsWith('#') ||
    (!relative.includes('/') &&
      (/^(?:ib_logfile\d+|ib_buffer_pool.*|ibtmp\d+|aria_log\..*|tc\.log)$/.test(name) ||
        /\.(?:pid|sock|err|log|index|info|flag|state)$/.test(name) ||
        /-bin\.\d+$|-relay-bin|_upgrade_info$|^ddl_/.test(name)))
  );
}

/** What was there before and after, and is not in the copy: mariadb-backup takes no files of such engines. */
export function missedFiles(
  source: string,
  before: readonly string[],
  data: string,
  copy: string,
): readonly Gap[] {
  return before
    .filter((path) => isThere(join(data, path)) && !isThere(join(copy, path)))
    .map((path) => ({
      kind: 'file',
      source,
      path: Buffer.from(path, 'latin1').toString(),
      reason:
        'mariadb-backup does not take it, as it takes InnoDB, Aria, MyISAM, CSV and ARCHIVE only',
    }));
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
