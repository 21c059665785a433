import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config, SourceSettings } from '../../config/config.ts';
import { errorCode } from '../../os/error-code.ts';
import { type OwnerNames, readOwnerNames } from '../../os/owner-names.ts';
import { openSource } from '../../sources/source-kinds.ts';

/** An unprivileged user, as the kernel sees it. */
export interface User {
  readonly uid: number;
  /** Its primary group and all others. */
  readonly gids: ReadonlySet<number>;
}

/** What of a source a user could not read or put back, by one example each; absent: nothing. */
export interface SourceAccess {
  readonly source: string;
  readonly unreadable?: string;
  /** Belongs to somebody else. */
  readonly foreign?: { readonly path: string; readonly owner: string };
  /** A folder in which it may not rename. */
  readonly closed?: string;
  /** Has the set-group-id bit. */
  readonly setGroup?: string;
  /** The same, for a group that the user is not in. */
  readonly foreignSetGroup?: string;
}

type Found = { -readonly [Key in keyof SourceAccess]: SourceAccess[Key] };

interface Look {
  readonly user: User;
  readonly names: OwnerNames;
  readonly signal: AbortSignal;
}

/**
 * Looks at every file and folder, by owner and mode: who asks is root. ACLs are not looked at, by which
 * a user may read more. Ends early once there is nothing more to find.
 */
export async function lookAtSources(
  sources: Config['sources'],
  user: User,
  signal: AbortSignal,
): Promise<readonly SourceAccess[]> {
  const asked: Look = { user, names: readOwnerNames(), signal };
  const all: SourceAccess[] = [];
  for (const [source, settings] of Object.entries(sources)) {
    const found: Found = { source };
    for (const path of pathsOf(settings)) {
      await lookAbove(path, user, found);
      await look(Buffer.from(path), asked, found);
    }
    all.push(found);
  }
  return all;
}

export function pathsOf(settings: SourceSettings): readonly string[] {
  return openSource('', settings).paths;
}

async function lookAbove(path: string, user: User, found: Found): Promise<void> {
  const folder = dirname(path);
  const stat = await factsOf(folder);
  if (stat !== undefined && !may(user, stat, 0o3)) found.closed ??= folder;
  for (let above = folder; ; above = dirname(above)) {
    const facts = await factsOf(above);
    if (facts !== undefined && !may(user, facts, 0o1)) found.unreadable ??= above;
    if (above === '/') return;
  }
}

async function look(path: Buffer, asked: Look, found: Found): Promise<void> {
  asked.signal.throwIfAborted();
  const stat = await factsOf(path);
  if (stat === undefined) return;
  judge(path.toString(), stat, asked, found);
  if (!stat.isDirectory() || isAllFound(found)) return;
  for (const name of await readdir(path, { encoding: 'buffer' })) {
    await look(Buffer.concat([path, Buffer.from('/'), name]), asked, found);
    if (isAllFound(found)) return;
  }
}

function judge(path: string, stat: Stats, { user, names }: Look, found: Found): void {
  const { uid, gid } = stat;
  const isLink = stat.isSymbolicLink();
  if (!isLink && !may(user, stat, stat.isDirectory() ? 0o5 : 0o4)) found.unreadable ??= path;
  if (uid !== user.uid) found.foreign ??= { path, owner: names.users.get(uid) ?? `user ${uid}` };
  else if (!user.gids.has(gid))
    found.foreign ??= { path, owner: `group ${names.groups.get(gid) ?? gid}` };
  const setsGroup = !isLink && (stat.mode & 0o2000) !== 0;
  if (setsGroup) found.setGroup ??= path;
  if (setsGroup && !user.gids.has(gid)) found.foreignSetGroup ??= path;
}

function isAllFound({ unreadable, foreign, foreignSetGroup }: Found): boolean {
  return unreadable !== undefined && foreign !== undefined && foreignSetGroup !== undefined;
}

/** As the kernel decides for a user without capabilities. `bits`: r 4, w 2, x 1. */
function may(user: User, { uid, gid, mode }: Stats, bits: number): boolean {
  const shift = uid === user.uid ? 6 : user.gids.has(gid) ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}

/** Undefined: there is nothing. */
async function factsOf(path: string | Buffer): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
