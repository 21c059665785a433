import { open } from 'node:fs/promises';
import type { VerifyResult } from '../../protocol/domain/job.ts';
import { noKeys } from '../archive/age/lock.ts';
import { damaged } from '../archive/damage.ts';
import { sourceOf } from '../archive/member-name.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import { verifyArchive } from '../archive/verify-archive.ts';
import type { WatchContent } from '../archive/verify-members.ts';
import { type Chain, type FindBase, openChain } from '../chain/chain.ts';
import { findBaseIn } from '../chain/find-base.ts';
import { hashFile } from '../os/hash-file.ts';
import type { Work } from '../os/work.ts';
import { MemberChecks } from './check-members.ts';

/**
 * Reads every frame of an archive, builds what a differential makes of its full, then has the engines check
 * the content they know. The full is looked for beside it and in `stores`. Fails with archive-damaged or
 * base-missing; damaged content in a sound archive is an answer. `findIndex`: of the full only the index is
 * here; what is in that was verified with it.
 */
export async function runVerify(
  path: string,
  work: Work,
  stores: readonly string[] = [],
  findIndex?: FindBase,
): Promise<VerifyResult> {
  const { keys = noKeys } = work;
  await using reader = await openArchiveFile(path, keys);
  const findBase = findIndex ?? findBaseIn(path, stores, keys);
  await using chain = await openChain(reader, findBase);
  const checks = new MemberChecks(work);
  // On the way: reading a database once more takes as long as all the rest.
  const verified = await readAll(reader, work, (member) => checks.watch(member));
  if (chain.base !== undefined) await verifyDeltas(chain, work);
  await checks.checkRest(chain, findIndex !== undefined);
  const { problems } = checks;
  const { header, indexSha256 } = chain;
  const facts = { path, backup: header.backupId, indexSha256, ...verified };
  if (problems.length === 0) return { ...facts, integrity: 'ok' };
  return { ...facts, integrity: 'damaged', integrityProblem: problems.join('; ') };
}

/** Of a differential whose full is not there: all that is in its own file. Answers the SHA-256 of that. */
export async function verifyAlone(path: string, work: Work): Promise<string> {
  await using reader = await openArchiveFile(path, work.keys ?? noKeys);
  return (await readAll(reader, work)).sha256;
}

async function readAll(
  reader: Awaited<ReturnType<typeof openArchiveFile>>,
  work: Work,
  watch?: WatchContent,
): Promise<Pick<VerifyResult, 'frames' | 'members' | 'contentBytes' | 'sha256'>> {
  const { frames, members, contentBytes, sha256 } = await verifyArchive(
    reader,
    work.signal,
    (done, total) => work.progress('verify', done, total),
    watch,
  );
  const facts = { frames, members, contentBytes };
  if (reader.encryption === undefined) return { ...facts, sha256 };
  // What was verified is what is inside; the file has a hash of its own.
  return { ...facts, sha256: await hashOfFile(reader.path, work.signal) };
}

/** SHA-256 of a file, hex. */
export async function hashOfFile(path: string, signal: AbortSignal): Promise<string> {
  await using file = await open(path, 'r');
  return await hashFile(file, signal);
}

/** What deltas make is proven by its hash; and full and differential together must be what is announced. */
async function verifyDeltas(chain: Chain, work: Work): Promise<void> {
  const found = new Map<string, { members: number; bytes: number }>();
  for await (const member of chain.members()) {
    work.signal.throwIfAborted();
    const name = sourceOf(member.name);
    const { members, bytes } = found.get(name) ?? { members: 0, bytes: 0 };
    found.set(name, { members: members + 1, bytes: bytes + member.sizeBytes });
    // Those that an engine checks are read whole there.
    if (member.deltas === undefined || MemberChecks.has(member)) continue;
    work.progress(`build ${member.name.toString()}`, 0, member.sizeBytes);
    for await (const _ of chain.content(member, work.signal)) work.signal.throwIfAborted();
  }
  const { sources } = chain.header;
  const agrees = sources.every(({ name, members, bytes }) => {
    const source = found.get(name);
    return source?.members === members && source.bytes === bytes;
  });
  if (!agrees) throw damaged(chain.reader, 'it and its full do not hold what it announces');
}
