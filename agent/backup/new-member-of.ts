import type { NewMember } from '../archive/archive-writer.ts';
import type { IndexMember, MemberHeader } from '../archive/member.ts';
import { pagesFrom } from '../archive/page-hashes.ts';
import type { Chain } from '../chain/chain.ts';
import { pageSizeOf } from '../sources/source-kinds.ts';

/** A member of a chain as what a writer takes: all that was kept of it, read from where it lies. */
export async function newMemberOf(
  chain: Chain,
  member: IndexMember,
  signal: AbortSignal,
): Promise<NewMember> {
  const header = headerOf(member);
  const engine = member.engine ?? '';
  if (header.sizeBytes === 0) return { header, engine, content: Buffer.alloc(0) };
  const content = () => chain.content(member, signal);
  const pageSize = member.pageSize ?? (await foundPageSize(chain, member, signal));
  return { header, engine, content, ...(pageSize !== undefined && { pageSize }) };
}

/** Without its place, which it gets anew; what later versions add to a member goes along. */
export function headerOf(member: IndexMember): MemberHeader {
  const { firstFrame: _frame, offset: _offset, sha256: _sum, engine: _engine, ...rest } = member;
  const { pageSize: _size, pagesOffset: _pages, pagesSha256: _pagesSum, ...more } = rest;
  const { deltas: _deltas, fromBase: _fromBase, old: _old, ...header } = more;
  return header;
}

/** A differential that holds a database whole does not say its page size: its beginning does. */
async function foundPageSize(
  chain: Chain,
  member: IndexMember,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (member.sizeBytes < pagesFrom) return undefined;
  const find = pageSizeOf(member.engine ?? '');
  if (find === undefined) return undefined;
  for await (const start of chain.content(member, signal)) return find(start);
  return undefined;
}
