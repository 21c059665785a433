import type { OwnerNames } from '../owner-names.ts';

const tags: Readonly<Record<number, string>> = {
  1: 'user',
  2: 'user',
  4: 'group',
  8: 'group',
  16: 'mask',
  32: 'other',
};
const namedUser = 2;
const namedGroup = 8;
const version = 2;
const headSize = 4;
const entrySize = 8;

/**
 * The value of a POSIX ACL attribute as text, an entry a line, as acl_to_text(3) writes it. The value: version 2
 * (u32), then entries of tag (u16), permissions (u16) and id (u32), little-endian. Undefined for any other form.
 */
export function aclText(value: Buffer, owners: OwnerNames): string | undefined {
  const count = (value.length - headSize) / entrySize;
  if (!Number.isInteger(count) || count < 0 || value.readUInt32LE(0) !== version) return undefined;
  let text = '';
  for (let at = headSize; at < value.length; at += entrySize) {
    const tag = value.readUInt16LE(at);
    const kind = tags[tag];
    if (kind === undefined) return undefined;
    const who = qualifierOf(tag, value.readUInt32LE(at + 4), owners);
    text += `${kind}:${who}:${permissions(value.readUInt16LE(at + 2))}\n`;
  }
  return text;
}

function qualifierOf(tag: number, id: number, { users, groups }: OwnerNames): string {
  if (tag === namedUser) return users.get(id) ?? String(id);
  return tag === namedGroup ? (groups.get(id) ?? String(id)) : '';
}

function permissions(bits: number): string {
  return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`;
}
