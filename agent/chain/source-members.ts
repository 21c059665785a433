import type { IndexMember } from '../archive/member.ts';
import { sourceOf } from '../archive/member-name.ts';
import { bytesOf } from '../os/attributes/attribute.ts';
import type { Chain } from './chain.ts';

/** What a member takes beside its name and attributes, by a rough guess that is rather too much. */
const memberBytes = 1 << 10;
/** Of all that are kept: 8,000 files with short names. */
const keptAtMost = 8 << 20;

/** Those of one source; undefined: they are too many to be kept. */
interface Kept {
  members: IndexMember[] | undefined;
  bytes: number;
}

/**
 * The members of single sources. An index is read as a whole whichever is asked for, and a restore asks several times,
 * once for each path of the settings: those of small sources are kept when it is read first.
 */
export class SourceMembers {
  readonly #chain: Pick<Chain, 'header' | 'members'>;
  #kept: Promise<ReadonlyMap<string, Kept>> | undefined;

  constructor(chain: Pick<Chain, 'header' | 'members'>) {
    this.#chain = chain;
  }

  /** In the order of the chain. */
  async *of(source: string): AsyncGenerator<IndexMember> {
    this.#kept ??= keepSmall(this.#chain);
    const kept = (await this.#kept).get(source);
    if (kept === undefined) return;
    if (kept.members !== undefined) return yield* kept.members;
    for await (const member of this.#chain.members()) {
      if (sourceOf(member.name) === source) yield member;
    }
  }
}

async function keepSmall(
  chain: Pick<Chain, 'header' | 'members'>,
): Promise<ReadonlyMap<string, Kept>> {
  const { sources } = chain.header;
  const all = new Map<string, Kept>(sources.map(({ name }) => [name, { members: [], bytes: 0 }]));
  let bytes = 0;
  for await (const member of chain.members()) {
    const kept = all.get(sourceOf(member.name));
    if (kept?.members === undefined) continue;
    kept.members.push(member);
    const more = memberBytes + member.name.length + bytesOf(member.attributes ?? []);
    kept.bytes += more;
    bytes += more;
    if (bytes > keptAtMost) bytes -= dropLargest(all, bytes - keptAtMost / 2);
  }
  return all;
}

/** At least so many bytes, so that it is seldom done however many sources there are; answers how many. */
function dropLargest(all: ReadonlyMap<string, Kept>, atLeast: number): number {
  let dropped = 0;
  for (const kept of [...all.values()].toSorted((a, b) => b.bytes - a.bytes)) {
    if (dropped >= atLeast) break;
    dropped += kept.bytes;
    [kept.members, kept.bytes] = [undefined, 0];
  }
  return dropped;
}
