import { basename } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { texts } from '../../texts/texts.ts';
import type { Tone } from '../../theme/theme.ts';

const words = texts.backUp;

/** The file's name without what all have in common. */
export function backupName(backup: Backup): string {
  return basename(backup.path).replace(/\.tar\.zst(\.age)?$/, '');
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
