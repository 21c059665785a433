import type { Archive } from '../archive/archive-reader.ts';
import { damaged } from '../archive/damage.ts';
import { showName } from '../archive/member-name.ts';
import type { Chain } from '../chain/chain.ts';

/**
 * Holds what was written against what the chain's indexes promised, member by member in the same order:
 * frames that are sound in themselves could still be those of other content.
 */
export async function holdsTheSame(made: Archive, chain: Chain): Promise<void> {
  const written = made.members()[Symbol.asyncIterator]();
  for await (const { name, kind, sha256 } of chain.members()) {
    const { value } = await written.next();
    if (value?.name.equals(name) && value.kind === kind && value.sha256 === sha256) continue;
    throw damaged(chain.reader, `member ${showName(name)} is not what its index says`);
  }
  const more = await written.next();
  const sums = ({ header }: Archive | Chain) =>
    header.sources
      .filter(({ members }) => members > 0)
      .map(({ name, members, bytes }) => `${name} ${members} ${bytes}`)
      .toSorted();
  if (more.done === true && String(sums(made)) === String(sums(chain))) return;
  throw damaged(chain.reader, 'it and its full do not hold what it announces');
}
