import type { BigIntStats } from 'node:fs';
import { basename } from 'node:path';
import type { MemberHeader } from '../../archive/member.ts';
import { readOwnerNames } from '../../os/owner-names.ts';
import { memberHeader } from '../member-header.ts';

/** Header of the only member: `<source>/<file name>`. */
export function databaseHeader(
  source: string,
  path: string,
  live: BigIntStats,
  sizeBytes: number,
): MemberHeader {
  const name = Buffer.from(`${source}/${basename(path)}`);
  return memberHeader(name, 'file', live, readOwnerNames(), { sizeBytes });
}
