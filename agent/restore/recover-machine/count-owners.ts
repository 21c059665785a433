import type { MissingThing, RecoverPlan } from '../../../protocol/domain/recover.ts';
import type { IndexMember } from '../../archive/archive-reader.ts';
import type { Chain } from '../../chain/chain.ts';
import { type OwnerNames, readOwnerNames } from '../../os/owner-names.ts';
import type { MappedOwner, OwnerMap } from './owner-map.ts';

/** What the members of a backup belong to, what that becomes, and what of it nobody here is called. */
export interface CountedOwners {
  readonly owners: RecoverPlan['owners'];
  readonly missing: readonly MissingThing[];
  /** Some have extended attributes. */
  readonly attributes: boolean;
}

/** An archive may have any number of owners; only the most frequent ones are shown. */
const shownAtMost = 20;
const countedAtMost = 10_000;

interface Counted {
  readonly kind: 'user' | 'group';
  readonly from: string;
  readonly name: string | undefined;
  readonly to: MappedOwner;
  members: number;
}

export async function countOwners(
  chain: Chain,
  owners: OwnerMap,
  signal: AbortSignal,
): Promise<CountedOwners> {
  const counted = new Map<string, Counted>();
  let attributes = false;
  for await (const member of chain.members()) {
    signal.throwIfAborted();
    attributes ||= member.attributes !== undefined;
    count(counted, 'user', member, () => owners.user(member.uid, member.user));
    count(counted, 'group', member, () => owners.group(member.gid, member.group));
  }
  const most = [...counted.values()].toSorted((a, b) => b.members - a.members);
  const names = readOwnerNames();
  return {
    owners: most.slice(0, shownAtMost).map((one) => shown(one, names)),
    missing: most.slice(0, shownAtMost).flatMap(missingOwner),
    attributes,
  };
}

function count(
  counted: Map<string, Counted>,
  kind: 'user' | 'group',
  member: IndexMember,
  mapped: () => MappedOwner,
): void {
  const [id, name] = kind === 'user' ? [member.uid, member.user] : [member.gid, member.group];
  const key = `${kind} ${id} ${name ?? ''}`;
  const found = counted.get(key);
  if (found !== undefined) found.members += 1;
  else if (counted.size < countedAtMost) {
    const from = name === undefined ? String(id) : `${name} (${id})`;
    counted.set(key, { kind, from, name, to: mapped(), members: 1 });
  }
}

function shown({ kind, from, to, members }: Counted, names: OwnerNames) {
  const name = (kind === 'user' ? names.users : names.groups).get(to.id);
  return { kind, from, to: name === undefined ? String(to.id) : `${name} (${to.id})`, members };
}

/** Without a name only the number was known there too. */
function missingOwner({ kind, name, to, members }: Counted): readonly MissingThing[] {
  if (name === undefined || to.unknown !== true) return [];
  const why = `${members} files and folders belong to it and keep the number ${to.id}`;
  return [{ kind, name, why }];
}
