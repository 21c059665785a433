import { KedgeError } from '../../../protocol/failures.ts';
import { SqlError } from '../../databases/sql-session.ts';
import { product, whereIs } from '../../databases/sqlserver/open-session.ts';
import type { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import { spaceOf } from '../../os/files.ts';
import { wordBytes } from '../../os/word-bytes.ts';

/**
 * On the server's disks: too little for what a backup becomes; for pages of a file group, of tempdb; for the log; to let
 * a file grow.
 */
const full: ReadonlySet<string> = new Set(['3257', '1105', '1101', '9002', '5149', '5144']);
/** A write to, a read from a backup device failed. */
const ofDevice: ReadonlySet<string> = new Set(['3202', '3271']);

/** ERROR_DISK_FULL, in parentheses before its words in the language of the server; Linux gives the same. */
const osError = /\b112\s*\(|error 112\b|not enough space/i;

/** What failed for want of room, as a failure that says where; anything else as it was. */
export async function asNoSpace(
  error: unknown,
  server: SqlserverSettings,
  /** Of this machine, where the server writes backups to. */
  folder: string,
): Promise<unknown> {
  if (!(error instanceof SqlError)) return error;
  if (full.has(error.code) || (osError.test(error.message) && !ofDevice.has(error.code)))
    return new KedgeError(
      'database-no-space',
      { product, where: whereIs(server), why: error.message },
      { cause: error },
    );
  if (!osError.test(error.message)) return error;
  const { freeBytes } = await spaceOf(folder);
  const free = wordBytes(freeBytes);
  return new KedgeError('no-space', { path: folder, needed: 'more', free }, { cause: error });
}
