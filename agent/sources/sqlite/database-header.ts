import type { BigIntStats } from 'node:fs';
import { basename } from 'node:path';
import type { MemberHeader } from '../../archive/member.ts';
import { readOwnerNames } from '../../os/owner-names.ts';
import { realPathOf } from '../../os/real-path.ts';
import { memberHeader } from '../member-header.ts';
import { EntryAttributes, unreadNotes } from '../tree/entry-attributes.ts';

/** Header of the only member, `<source>/<file name>`, and what it lacks. */
export async function databaseHeader(
  source: string,
  path: string,
  live: BigIntStats,
  sizeBytes: number,
  signal: AbortSignal,
): Promise<{ readonly header: MemberHeader; readonly notes: readonly string[] }> {
  const owners = readOwnerNames();
  const attributes = new EntryAttributes(owners);
  const { fields, problem } = await attributes.again(Buffer.from(await realPathOf(path)), signal);
  const name = Buffer.from(`${source}/${basename(path)}`);
  const header = memberHeader(name, 'file', live, owners, { sizeBytes, ...fields });
  return { header, notes: unreadNotes(attributes.unavailable ?? problem) };
}
