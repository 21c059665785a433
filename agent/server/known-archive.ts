import type { Backup } from '../../protocol/domain/backup.ts';
import type { KnownArchive } from '../backup/verify-or-compare.ts';

/** What an encrypted backup was found to be when it was verified: it may be that no key is here to see it again. */
export function knownOf({
  id,
  encryption,
  sha256,
  proof,
  integrity,
  ...backup
}: Backup): KnownArchive | undefined {
  if (encryption === undefined || sha256 === undefined || proof.kind !== 'verified') return;
  if (integrity === 'pending') return;
  const { contentBytes, integrityProblem } = backup;
  const members = backup.sources.reduce((sum, source) => sum + source.members, 0);
  return { backup: id, sha256, members, contentBytes, integrity, integrityProblem };
}
