import type { OwnerRule, RecoverOrder } from '../../../protocol/domain/recover.ts';
import type { OwnerIds } from '../../os/owner-ids.ts';

/** What an archive's users and groups become on this machine. */
export interface OwnerMap extends NamedOwners {
  /** Of ACLs: whom they name is not whom a file belongs to, and anybody may give them. */
  readonly named: NamedOwners;
  /** Rules that lead to nobody here, in words. */
  readonly problems: readonly string[];
}

interface NamedOwners {
  user(uid: number, name: string | undefined): MappedOwner;
  group(gid: number, name: string | undefined): MappedOwner;
}

/** `unknown`: no rule and no name here says so, the number is kept. */
export interface MappedOwner {
  readonly id: number;
  readonly unknown?: true;
}

/** Whoever Kedge runs as; without the rights of root all that it makes is theirs. */
export interface Self {
  readonly uid: number;
  readonly gid: number;
}

/**
 * A rule first, then whoever runs this where all else is to be theirs, then the same name here, then the number.
 * Without the rights of root no rule can be kept: all is theirs.
 */
export function ownerMap(
  order: Pick<RecoverOrder, 'owners' | 'otherOwners'>,
  here: OwnerIds,
  self: Self,
): OwnerMap {
  const named = namedOwners(order.owners, here, undefined);
  if (self.uid !== 0) return { ...namedOwners([], here, self), named, problems: [] };
  const lost = order.owners.filter((rule) => targetOf(rule, here) === undefined);
  const others = order.otherOwners === 'me' ? self : undefined;
  return { ...namedOwners(order.owners, here, others), named, problems: lost.map(nobody) };
}

function namedOwners(
  owners: readonly OwnerRule[],
  here: OwnerIds,
  others: Self | undefined,
): NamedOwners {
  const userRules = owners.filter(({ kind }) => kind === 'user');
  const groupRules = owners.filter(({ kind }) => kind === 'group');
  return {
    user(uid, name) {
      const rule = find(userRules, uid, name);
      const id = rule === undefined ? undefined : targetOf(rule, here);
      return mapped(id ?? others?.uid ?? idOf(here.user(name ?? '')), uid);
    },
    group(gid, name) {
      const rule = find(groupRules, gid, name);
      const alike = find(userRules, gid, name);
      const id =
        (rule === undefined ? undefined : targetOf(rule, here)) ??
        (alike === undefined ? undefined : groupOf(alike.to, here));
      return mapped(id ?? others?.gid ?? here.group(name ?? ''), gid);
    },
  };
}

function mapped(id: number | undefined, number: number): MappedOwner {
  return id === undefined ? { id: number, unknown: true } : { id };
}

function find(
  rules: readonly OwnerRule[],
  id: number,
  name: string | undefined,
): OwnerRule | undefined {
  return rules.find(({ from }) => from === name) ?? rules.find(({ from }) => from === String(id));
}

function targetOf({ kind, to }: OwnerRule, here: OwnerIds): number | undefined {
  if (isNumber(to)) return Number(to);
  return kind === 'user' ? idOf(here.user(to)) : here.group(to);
}

/** Of a user who takes over a group's name too: the group of their own name, else their first one. */
function groupOf(user: string, here: OwnerIds): number | undefined {
  if (isNumber(user)) return Number(user);
  return here.group(user) ?? here.user(user)?.gid;
}

const idOf = (user: { readonly uid: number } | undefined): number | undefined => user?.uid;

const isNumber = (text: string): boolean => /^\d{1,10}$/.test(text);

const nobody = ({ kind, from, to }: OwnerRule): string =>
  `the ${kind} "${to}", who is to get what belongs to "${from}", does not exist here`;
