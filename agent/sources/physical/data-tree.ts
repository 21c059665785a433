import { KedgeError } from '../../../protocol/failures.ts';
import type { IndexMember } from '../../archive/archive-reader.ts';
import type { ArchivedTree } from '../files/extract-tree.ts';
import { unsafe } from '../member-path.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { dataName } from './server-facts.ts';

/**
 * The data folder of an archived server. Folders and files only: a server would write through a link, and an
 * archive is hostile input.
 */
export function dataTreeOf(archived: ArchivedSource): ArchivedTree {
  const name = `${archived.name}/${dataName}`;
  return {
    name,
    members: () => dataMembers(archived, name),
    content: archived.content,
  };
}

async function* dataMembers(archived: ArchivedSource, name: string): AsyncGenerator<IndexMember> {
  const [root, below] = [Buffer.from(name), Buffer.from(`${name}/`)];
  let hasRoot = false;
  for await (const member of archived.members()) {
    const isRoot = member.name.equals(root);
    if (!isRoot && !member.name.subarray(0, below.length).equals(below)) continue;
    if (member.kind !== 'file' && member.kind !== 'directory') {
      throw unsafe(member.name, 'it is neither a file nor a folder of a server');
    }
    hasRoot ||= isRoot;
    yield member;
  }
  if (hasRoot) return;
  const why = `it holds no data folder of source "${archived.name}"`;
  throw new KedgeError('restore-refused', { why });
}
