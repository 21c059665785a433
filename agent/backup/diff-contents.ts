import { join } from 'node:path';
import type { DatabaseDiff } from '../../protocol/domain/diff.ts';
import type { IndexMember } from '../archive/member.ts';
import type { Chain } from '../chain/chain.ts';
import { makeFolder, removeTree } from '../os/files.ts';
import type { Work } from '../os/work.ts';
import { contentDiffOf } from '../sources/source-kinds.ts';
import { writeMemberFile } from '../sources/write-member.ts';
import { namingSpace, refuseWithoutSpace } from './space.ts';

/** A member that both backups have, with other content. */
export interface ChangedContent {
  readonly before: IndexMember;
  readonly after: IndexMember;
}

/** Unpacks each pair into scratch and has its engine compare them, one pair at a time. */
export async function diffContents(
  before: Chain,
  after: Chain,
  changed: readonly ChangedContent[],
  work: Work,
): Promise<readonly DatabaseDiff[]> {
  const found: DatabaseDiff[] = [];
  for (const pair of changed) {
    const diff = contentDiffOf(pair.after.engine ?? '');
    if (diff === undefined || pair.before.engine !== pair.after.engine) continue;
    const name = pair.after.name.toString();
    const folder = join(work.scratch, 'contents');
    const bytes = pair.before.sizeBytes + pair.after.sizeBytes;
    await refuseWithoutSpace([{ folder: work.scratch, bytes }]);
    try {
      await makeFolder(folder);
      const [then, now] = [join(folder, 'before'), join(folder, 'after')];
      await unpack(before, pair.before, then, 'the first', work);
      await unpack(after, pair.after, now, 'the second', work);
      const onTable = (table: string) => work.progress(`compare ${name}: ${table}`, 0, 0);
      found.push({ name, ...(await diff(then, now, onTable, work.signal)) });
    } catch (error) {
      throw await namingSpace(error, work.scratch, 0);
    } finally {
      await removeTree(folder);
    }
  }
  return found;
}

async function unpack(
  chain: Chain,
  member: IndexMember,
  path: string,
  which: string,
  work: Work,
): Promise<void> {
  let done = 0;
  const step = `unpack ${which} ${member.name.toString()}`;
  work.progress(step, 0, member.sizeBytes);
  await writeMemberFile(path, member, chain.content(member, work.signal), (bytes) => {
    done += bytes;
    work.progress(step, done, member.sizeBytes);
  });
}
