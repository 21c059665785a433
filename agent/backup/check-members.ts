import { join } from 'node:path';
import type { IndexMember } from '../archive/archive-reader.ts';
import type { Chain } from '../chain/chain.ts';
import { createFile, removeFile, writeAt } from '../os/files.ts';
import type { Work } from '../os/work.ts';
import { integrityCheckOf } from '../sources/source-kinds.ts';
import { namingSpace, refuseWithoutSpace } from './space.ts';

/** What the engines find wrong with the content of their members, a line each; none: all sound. */
export async function checkMembers(archive: Chain, work: Work): Promise<readonly string[]> {
  const problems: string[] = [];
  for await (const member of archive.members()) {
    work.signal.throwIfAborted();
    const problem = await checkMember(archive, member, work);
    if (problem !== undefined) problems.push(`${member.name.toString()}: ${problem}`);
  }
  return problems;
}

async function checkMember(
  archive: Chain,
  member: IndexMember,
  work: Work,
): Promise<string | undefined> {
  const check = member.kind === 'file' ? integrityCheckOf(member.engine ?? '') : undefined;
  if (check === undefined) return undefined;
  const name = member.name.toString();
  const path = join(work.scratch, 'check');
  await refuseWithoutSpace([{ folder: work.scratch, bytes: member.sizeBytes }]);
  try {
    await extract(archive, member, path, work);
    work.progress(`check ${name}`, 0, 0);
    const { problem, notes } = check(path);
    for (const note of notes) work.log('warning', `${name}: ${note}`);
    return problem;
  } catch (error) {
    throw await namingSpace(error, work.scratch, 0);
  } finally {
    // Opening a database in WAL mode puts two files beside it.
    for (const suffix of ['', '-wal', '-shm', '-journal']) await removeFile(`${path}${suffix}`);
  }
}

async function extract(
  archive: Chain,
  member: IndexMember,
  path: string,
  work: Work,
): Promise<void> {
  await using file = await createFile(path);
  let position = 0;
  for await (const bytes of archive.content(member, work.signal)) {
    await writeAt(file, path, bytes, position);
    position += bytes.length;
    work.progress(`extract ${member.name.toString()}`, position, member.sizeBytes);
  }
}
