import { type Attribute, accessAcl, defaultAcl } from './attribute.ts';

/** What the ids of named users and groups become; `name` as it stood where the ACL was read. */
export interface AclOwners {
  user(id: number, name: string | undefined): number;
  group(id: number, name: string | undefined): number;
}

const namedUser = 2;
const namedGroup = 8;
const headSize = 4;
const entrySize = 8;

/** The attributes with other ids in their ACLs; `acl` and `defaultAcl`: their texts, an entry a line. */
export function mapAcls(
  { attributes, acl, defaultAcl: ofFolder }: AclBearer,
  owners: AclOwners,
): readonly Attribute[] | undefined {
  return attributes?.map(({ name, value }) => {
    const key = name.toString();
    if (key !== accessAcl && key !== defaultAcl) return { name, value };
    const text = key === accessAcl ? acl : ofFolder;
    return { name, value: mapped(value, text?.split('\n') ?? [], owners) };
  });
}

interface AclBearer {
  readonly attributes?: readonly Attribute[];
  readonly acl?: string;
  readonly defaultAcl?: string;
}

/** Tag (u16), permissions (u16) and id (u32) an entry, little-endian, behind a u32. */
function mapped(value: Buffer, lines: readonly string[], owners: AclOwners): Buffer {
  const copy = Buffer.from(value);
  for (let at = headSize, n = 0; at + entrySize <= copy.length; at += entrySize, n += 1) {
    const tag = copy.readUInt16LE(at);
    if (tag !== namedUser && tag !== namedGroup) continue;
    const id = copy.readUInt32LE(at + 4);
    const name = lines[n]?.split(':')[1];
    const known = name === undefined || /^\d*$/.test(name) ? undefined : name;
    const next = tag === namedUser ? owners.user(id, known) : owners.group(id, known);
    copy.writeUInt32LE(next, at + 4);
  }
  return copy;
}
