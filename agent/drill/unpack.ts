import { join } from 'node:path';
import type { IndexMember } from '../archive/archive-reader.ts';
import type { Chain } from '../chain/chain.ts';
import { checkedContent } from '../chain/checked-content.ts';
import type { Work } from '../os/work.ts';
import { extractTree } from '../sources/files/extract-tree.ts';

/** What a backup holds: bytes of content. */
export async function contentOf(chain: Chain, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  for await (const { sizeBytes } of chain.members()) {
    signal.throwIfAborted();
    bytes += sizeBytes;
  }
  return bytes;
}

/** Brings every source into a folder of its name below `data`, as a restore would. Answers remarks. */
export async function unpackAll(
  chain: Chain,
  data: string,
  bytesTotal: number,
  work: Work,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const notes = new Map<string, readonly string[]>();
  let done = 0;
  for (const { name } of chain.header.sources) {
    const report = (bytes: number): void => {
      done += bytes;
      work.progress(`unpack ${name} into scratch`, done, bytesTotal);
    };
    report(0);
    const tree = {
      name,
      members: () => membersOf(chain, name),
      content: (member: IndexMember, signal: AbortSignal) => checkedContent(chain, member, signal),
    };
    notes.set(name, await extractTree(tree, join(data, name), work.signal, report));
  }
  return notes;
}

/** The members of one source, its root included. */
export async function* membersOf(chain: Chain, source: string): AsyncGenerator<IndexMember> {
  const [root, below] = [Buffer.from(source), Buffer.from(`${source}/`)];
  for await (const member of chain.members()) {
    const { name } = member;
    if (name.equals(root) || name.subarray(0, below.length).equals(below)) yield member;
  }
}
