import type { VerifyResult } from '../../protocol/domain/job.ts';
import { type Archive, openArchive } from '../archive/archive-reader.ts';
import { openFileReader } from '../archive/file-reader.ts';
import { verifyArchive } from '../archive/verify-archive.ts';
import type { Work } from '../os/work.ts';
import { checkMembers } from './check-members.ts';

/**
 * Reads every frame of an archive, then has the engines check the content they know.
 * Fails with archive-damaged; damaged content in a sound archive is an answer.
 */
export async function runVerify(path: string, work: Work): Promise<VerifyResult> {
  await using reader = await openFileReader(path);
  const archive: Archive = await openArchive(reader);
  const { frames, members, contentBytes, sha256 } = await verifyArchive(
    reader,
    work.signal,
    (done, total) => work.progress('verify', done, total),
  );
  const problems = await checkMembers(archive, work);
  const facts = { path, backup: archive.header.backupId, frames, members, contentBytes, sha256 };
  if (problems.length === 0) return { ...facts, integrity: 'ok' };
  return { ...facts, integrity: 'damaged', integrityProblem: problems.join('; ') };
}
