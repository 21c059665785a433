import { type BigIntStats, lstatSync } from 'node:fs';
import { open, readFile, realpath } from 'node:fs/promises';
import type { BlockPool } from '../../archive/block-pool.ts';
import { type OwnerNames, readOwnerNames } from '../../os/owner-names.ts';
import { memberHeader } from '../member-header.ts';
import { dataName } from '../physical/server-facts.ts';
import type { CapturedMember } from '../source.ts';
import { breather } from '../tree/breathe.ts';
import { type Reading, smallFileBytes, streamExactly } from '../tree/read-file.ts';
import { type Entry, joinBytes, walk } from '../tree/walk.ts';
import { isOfBackup } from './copy-server.ts';

export interface Copied {
  readonly source: string;
  /** In scratch. */
  readonly copy: string;
  /** The live folder, whose owners and modes they get. */
  readonly data: string;
  /** Of InnoDB, bytes. */
  readonly pageSize: number;
}

/** The files of a copy with owner, mode and time of those that they were copied from. */
export async function* copiedMembers(
  copied: Copied,
  signal: AbortSignal,
): AsyncGenerator<CapturedMember> {
  const { copy } = copied;
  const breathe = breather(signal);
  const owners = readOwnerNames();
  const root = Buffer.from(await realpath(copied.data));
  const rootStat = lstatSync(root, { bigint: true });
  for (const found of walk(Buffer.from(copy), () => false)) {
    await breathe();
    if (found.kind === 'problem')
      throw new Error(`"${copy}/${found.relative.toString()}": ${found.reason}`);
    const { relative, stat } = found;
    // A database may have such a name.
    if (stat.isFile() && isOfBackup(relative.toString('latin1'))) continue;
    const live = liveStat(relative.length === 0 ? root : joinBytes(root, relative));
    yield await memberOf(copied, found, owners, live, rootStat);
  }
}

async function memberOf(
  copied: Copied,
  found: Entry,
  owners: OwnerNames,
  live: BigIntStats | undefined,
  rootStat: BigIntStats,
): Promise<CapturedMember> {
  const { relative, stat } = found;
  const name = nameOf(copied.source, relative);
  const from = live ?? rootStat;
  if (stat.isDirectory())
    return { header: memberHeader(name, 'directory', from, owners), content: nothing };
  if (!stat.isFile()) throw new Error(`"${found.path.toString()}" is neither a file nor a folder`);
  const header = memberHeader(name, 'file', from, owners, { sizeBytes: Number(stat.size) });
  // One that only the copy has is as closed as the server's usually are.
  const mode = live === undefined ? 0o660 : header.mode;
  return { header: { ...header, mode }, ...(await contentOf(found, copied)) };
}

function liveStat(path: Buffer): BigIntStats | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false });
}

const nothing = Buffer.alloc(0);

function nameOf(source: string, relative: Buffer): Buffer {
  const root = Buffer.from(`${source}/${dataName}`);
  return relative.length === 0 ? root : joinBytes(root, relative);
}

const pagedFile = /\.ibd$|^ibdata\d+$|^undo\d+$/;

async function contentOf(
  { path, relative, stat }: Entry,
  { pageSize }: Copied,
): Promise<Pick<CapturedMember, 'content' | 'pageSize'>> {
  const sizeBytes = Number(stat.size);
  const paged = pagedFile.test(relative.toString('latin1')) ? { pageSize } : {};
  if (sizeBytes < smallFileBytes) return { content: await readFile(path), ...paged };
  return { content: (lent) => streamed(path, sizeBytes, lent), ...paged };
}

async function* streamed(
  path: Buffer,
  sizeBytes: number,
  lent: BlockPool | undefined,
): AsyncGenerator<Uint8Array> {
  await using file = await open(path, 'r');
  const reading: Reading = { short: false };
  yield* streamExactly(file.fd, sizeBytes, reading, lent);
  if (reading.short) throw reading.error ?? new Error(`"${path.toString()}" shrank`);
}
