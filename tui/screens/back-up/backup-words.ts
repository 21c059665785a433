import { basename } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { texts } from '../../texts/texts.ts';
import type { Tone } from '../../theme/theme.ts';

const words = texts.backUp;

const ending = /\.tar\.zst(\.age)?$/;
// As Kedge names files by itself: application_2026-11-21T02-00-00+0330_full
const ownName = /^(.+)_(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)[+-]\d{4}_(?:full|diff)$/;

/** The name of the file, easier to read where Kedge gave it: "clinic 2026-11-21 02:00:00". */
export function backupName(backup: Backup): string {
  const name = basename(backup.path).replace(ending, '');
  const [, application, date, hour, minute, second] = ownName.exec(name) ?? [];
  return application === undefined ? name : `${application} ${date} ${hour}:${minute}:${second}`;
}

/** How far it can be trusted, in a word or two. */
export function checkWord(backup: Backup): string {
  if (backup.presence !== 'present') return backup.presence;
  if (backup.proof.kind === 'damaged' || backup.integrity === 'damaged') return words.check.damaged;
  if (backup.proof.kind === 'sealed') return words.check.sealed;
  if (backup.gaps.length > 0) return words.check.gaps(backup.gaps.length);
  return backup.integrity === 'pending' ? words.check.pending : words.check.verified;
}

export function checkTone(backup: Backup): Tone {
  const word = checkWord(backup);
  if (word === words.check.verified) return 'ok';
  return word === words.check.damaged || word === 'missing' ? 'error' : 'warning';
}
