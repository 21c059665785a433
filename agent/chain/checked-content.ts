import { createHash } from 'node:crypto';
import { damaged } from '../archive/damage.ts';
import type { IndexMember } from '../archive/member.ts';
import { showName } from '../archive/member-name.ts';
import type { Chain } from './chain.ts';

/**
 * The content of a file, compared with its own hash: of an archive that nobody verified, the hashes of its
 * frames only say that it is what was stored, not that it is what was read. Fails after the last part.
 */
export async function* checkedContent(
  chain: Chain,
  member: IndexMember,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const sum = createHash('sha256');
  for await (const bytes of chain.content(member, signal)) {
    sum.update(bytes);
    yield bytes;
  }
  if (member.sha256 !== undefined && sum.digest('hex') !== member.sha256) {
    throw damaged(chain.reader, `member ${showName(member.name)}: its content has changed`);
  }
}
