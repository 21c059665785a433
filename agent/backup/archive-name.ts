import type { BackupKind } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { archiveSuffix, splitArchiveName } from '../archive/archive-suffix.ts';
import { localTime } from './local-time.ts';

/** 255 bytes is what file systems take; some are left for `-12` and the suffix. */
const stemBytes = 230;

/**
 * `<application>_<local time with offset>_full.tar.zst`, or `_diff`, e.g.
 * `clinic_2026-11-21T02-00-00+0330_full.tar.zst`; with `.age` where it is encrypted.
 */
export function archiveName(
  application: string,
  zone: string,
  nowMs: number,
  kind: BackupKind = 'full',
  isEncrypted = false,
): string {
  const word = kind === 'full' ? 'full' : 'diff';
  return `${application}_${localTime(nowMs, zone)}_${word}${archiveSuffix(isEncrypted)}`;
}

/** The name a user typed as one that every file system takes; undefined where nothing of it is left. */
export function manualArchiveName(typed: string, isEncrypted = false): string | undefined {
  const { stem } = splitArchiveName(typed.trim());
  const plain = [...stem.normalize('NFC')].map(plainCharacter).join('');
  const bare = cutToBytes(plain.replace(/^[.\s-]+/, ''), stemBytes).replace(/[.\s]+$/, '');
  if (bare === '') return undefined;
  return `${reserved.test(bare) ? `_${bare}` : bare}${archiveSuffix(isEncrypted)}`;
}

/** A name is no path: one that looks like one would not lie where whoever typed it looks for it. */
export function refusePathAsName(typed: string | undefined): void {
  if (typed === undefined || typed.trim() === '') return;
  const isPath = /[/\\]/.test(typed);
  if (!isPath && manualArchiveName(typed) !== undefined) return;
  const problem = isPath
    ? `"${typed}" holds a slash: it is the name of a file, and --to says in which folder`
    : `nothing of "${typed}" can be the name of a file`;
  throw new KedgeError('bad-argument', { what: 'name', problem });
}

/** Names of devices on Windows, with or without an extension. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** What Windows, macOS and shares refuse, controls, and halves of surrogate pairs. */
function plainCharacter(character: string): string {
  return /[\p{Cc}\p{Cs}\p{Cf}<>:"/\\|?*]/u.test(character) ? '-' : character;
}

function cutToBytes(text: string, limit: number): string {
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) return kept;
    kept += character;
  }
  return kept;
}
