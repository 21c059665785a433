import type { IndexMember } from '../../archive/archive-reader.ts';
import { findOpeners } from '../../os/open-files.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { pageSizeIn, takesPagesOf } from './page-size.ts';

/**
 * Whether a restore will have to move the live database aside, for which nobody may have it open, and who has
 * now; services among them will be stopped.
 */
export async function heldBy(
  live: string,
  archived: ArchivedSource,
  member: IndexMember,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const openers = await findOpeners([live, `${live}-wal`, `${live}-shm`]);
  if (openers.length === 0) return [];
  const pageSize = member.pageSize ?? (await firstPageSize(archived, member, signal));
  if (pageSize !== undefined && (await takesPagesOf(live, pageSize))) return [];
  const who = openers.map(({ program, pid }) => `${program} (pid ${pid})`).join(', ');
  return [
    `"${live}" can't take the pages of the backup, so it is exchanged as a file: every program has to let go of it, and now ${who} has it open`,
  ];
}

async function firstPageSize(
  archived: ArchivedSource,
  member: IndexMember,
  signal: AbortSignal,
): Promise<number | undefined> {
  for await (const start of archived.content(member, signal)) return pageSizeIn(start);
  return undefined;
}
