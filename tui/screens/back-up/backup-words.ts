import { basename } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { wordAgo, wordSpan } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import type { Tone } from '../../theme/theme.ts';

const words = texts.backUp;

const ending = /\.tar\.zst(\.age)?$/;
// As Kedge names files by itself: application_2026-11-21T02-00-00+0330_full
const ownName = /^(.+)_(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)[+-]\d{4}_(?:full|diff)$/;

/** The name of the file, easier to read where Kedge gave it: "clinic 2026-11-21 02:00:00". */
export function backupName(backup: Backup): string {
  return shortName(backup.path);
}

/** The same of a file name, or a path. */
export function shortName(path: string): string {
  const name = basename(path).replace(ending, '');
  const [, application, date, hour, minute, second] = ownName.exec(name) ?? [];
  return application === undefined ? name : `${application} ${date} ${hour}:${minute}:${second}`;
}

/** How far it can be trusted, in two or three words: "verified", "proven 3 d". */
export function checkWord(backup: Backup, nowMs: number): string {
  if (backup.away !== undefined) return words.check.away;
  if (backup.presence !== 'present') return texts.states.presence[backup.presence];
  if (backup.proof.kind === 'damaged' || backup.integrity === 'damaged') return words.check.damaged;
  if (backup.proof.kind === 'sealed') return words.check.sealed;
  if (backup.drillFailed !== undefined) return words.check.drillFailed;
  if (backup.gaps.length > 0) return words.check.gaps(backup.gaps.length);
  if (backup.proven !== undefined) return provenShort(backup.proven.atMs, nowMs);
  return backup.integrity === 'pending' ? words.check.pending : words.check.verified;
}

function provenShort(atMs: number, nowMs: number): string {
  return words.check.proven(wordSpan(Math.max(0, nowMs - atMs) / 1000));
}

export function checkTone(backup: Backup): Tone {
  const { presence, proof, integrity, drillFailed, gaps } = backup;
  if (presence === 'missing' || proof.kind === 'damaged' || integrity === 'damaged') return 'error';
  if (presence === 'present' && drillFailed !== undefined) return 'error';
  if (backup.away !== undefined) return 'muted';
  const isWell = presence === 'present' && proof.kind === 'verified' && integrity === 'ok';
  return isWell && gaps.length === 0 ? 'ok' : 'warning';
}

/** "Proven 3 d ago, 41 s", or why the last drill failed; undefined: there was none. */
export function drillWords(backup: Backup, nowMs: number): string | undefined {
  const { proven, drillFailed } = backup;
  if (drillFailed !== undefined)
    return words.details.drillFailed(wordAgo(drillFailed.atMs, nowMs), drillFailed.problem);
  if (proven === undefined) return undefined;
  return words.details.proven(wordAgo(proven.atMs, nowMs), formatDuration(proven.seconds));
}
