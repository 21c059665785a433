import { open } from 'node:fs/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import type { MemberHeader } from '../../archive/member.ts';
import { TarCursor } from '../../archive/tar-cursor.ts';
import { readTarEntry, type TarEntry } from '../../archive/tar-reader.ts';
import { createNewFile } from '../../os/new-file.ts';
import { WriteBehind } from '../../os/write-behind.ts';
import type { ContentCheck } from '../content-check.ts';
import { dataName } from '../physical/server-facts.ts';
import type { CapturedMember } from '../source.ts';
import { readAhead } from '../tree/read-ahead.ts';
import { fillFrom, type Reading, smallFileBytes } from '../tree/read-file.ts';
import { pageSizeIn } from './page-size.ts';
import { isKedges } from './server-settings.ts';

/** A member whose content lies in a tar on disk. */
export interface SpooledMember {
  readonly header: MemberHeader;
  readonly offset: number;
  readonly pageSize?: number;
}

const pageStartBytes = 20;

/**
 * Writes the tar of a data folder to the new file `path` as it comes, and tells `check` of all in it. Fails with
 * source-miscounted where it is none, or has links: they lead out of the folder.
 */
export async function spoolBackup(
  source: string,
  tar: AsyncIterable<Buffer>,
  path: string,
  check: ContentCheck,
): Promise<readonly SpooledMember[]> {
  const members: SpooledMember[] = [];
  await using file = createNewFile(path);
  await using writer = new WriteBehind(file);
  const cursor = new TarCursor(writtenTo(writer, tar));
  try {
    // One without an end is one, too: before version 15 a server sends none.
    while (!(await cursor.atEnd())) {
      const found = await readTarEntry(cursor);
      // The blocks of zeros that end it are two.
      if (found === undefined) continue;
      const entry = { ...found, name: withoutDot(found.name) };
      if (isKedges(entry.name.toString())) await skip(entry, cursor);
      else members.push(await readMember(source, entry, cursor, check));
    }
  } catch (error) {
    throw error instanceof RangeError ? notAll(source, error.message) : error;
  }
  await writer.settled();
  return members;
}

async function* writtenTo(writer: WriteBehind, tar: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let position = 0;
  for await (const piece of tar) {
    await writer.write(piece, position);
    position += piece.length;
    yield piece;
  }
}

/** Some folders come as "./pg_wal/archive_status". */
function withoutDot(name: Buffer): Buffer {
  return name.toString('latin1', 0, 2) === './' ? name.subarray(2) : name;
}

async function skip({ sizeBytes }: TarEntry, cursor: TarCursor): Promise<void> {
  await cursor.pass(sizeBytes, () => undefined);
  await cursor.padding(sizeBytes);
}

async function readMember(
  source: string,
  entry: TarEntry,
  cursor: TarCursor,
  check: ContentCheck,
): Promise<SpooledMember> {
  const { kind, sizeBytes, name } = entry;
  const offset = cursor.position;
  if (kind !== 'file' && kind !== 'directory') {
    throw notAll(source, `"${name.toString()}" leads out of the data folder, so it is not in it`);
  }
  const header = headerOf(source, entry);
  if (kind === 'directory') return { header, offset };
  const part = check.part(`${dataName}/${name.toString()}`);
  let start = Buffer.alloc(0);
  await cursor.pass(sizeBytes, (bytes) => {
    if (start.length === 0) start = Buffer.from(bytes.subarray(0, pageStartBytes));
    part.write(bytes);
    return undefined;
  });
  part.end();
  await cursor.padding(sizeBytes);
  const pageSize = sizeBytes < smallFileBytes ? undefined : pageSizeIn(start);
  return { header, offset, ...(pageSize !== undefined && { pageSize }) };
}

function headerOf(source: string, entry: TarEntry): MemberHeader {
  const { name, kind, sizeBytes, mode, uid, gid, user, group, mtimeNs } = entry;
  return {
    name: Buffer.concat([Buffer.from(`${source}/${dataName}/`), name]),
    ...{ kind, sizeBytes, mode, uid, gid, mtimeNs },
    ...(user !== '' && { user }),
    ...(group !== '' && { group }),
  };
}

function notAll(source: string, problem: string): KedgeError {
  return new KedgeError('source-miscounted', { source, problem });
}

/** From the tar again, one after the other. */
export async function* spooledMembers(
  path: string,
  members: readonly SpooledMember[],
  signal: AbortSignal,
): AsyncGenerator<CapturedMember> {
  await using file = await open(path, 'r');
  for (const { header, offset, pageSize } of members) {
    signal.throwIfAborted();
    const { sizeBytes } = header;
    const content =
      sizeBytes < smallFileBytes
        ? await wholeOf(file.fd, offset, sizeBytes)
        : () => contentOf(file.fd, offset, sizeBytes);
    yield { header, content, ...(pageSize !== undefined && { pageSize }) };
  }
}

async function wholeOf(descriptor: number, offset: number, sizeBytes: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(sizeBytes);
  await fillWhole(descriptor, bytes, offset);
  return bytes;
}

function contentOf(descriptor: number, offset: number, sizeBytes: number) {
  return readAhead(sizeBytes, async (block, position) => {
    await fillWhole(descriptor, block, offset + position);
  });
}

async function fillWhole(descriptor: number, bytes: Buffer, position: number): Promise<void> {
  const reading: Reading = { short: false };
  await fillFrom(descriptor, bytes, position, reading);
  if (reading.short) throw reading.error ?? new Error('what was spooled is not there any more');
}
