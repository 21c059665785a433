import { createHash, type Hash } from 'node:crypto';
import { type Archive, openArchive } from './archive-reader.ts';
import { damaged } from './damage.ts';
import { FrameReader } from './frame-reader.ts';
import { ownFolder } from './member-name.ts';
import type { RangedReader } from './ranged-reader.ts';
import { TarCursor } from './tar-cursor.ts';
import { paddingOf, tarBlock } from './tar-header.ts';
import { readTarEntry } from './tar-reader.ts';
import { verifyMembers, type WatchContent } from './verify-members.ts';
import { verifySums } from './verify-sums.ts';

export interface VerifiedArchive {
  readonly frames: number;
  readonly members: number;
  readonly contentBytes: number;
  /** SHA-256 of the whole file, hex. */
  readonly sha256: string;
}

type OnBytes = (done: number, total: number) => void;

const readSize = 1 << 20;

/**
 * Reads and hashes every frame and every member, holds tar headers and SHA256SUMS against the index, and
 * every byte of the file against a hash. `watch` gets the content of whole members on the way. Fails with archive-damaged, saying what and where.
 */
export async function verifyArchive(
  reader: RangedReader,
  signal: AbortSignal,
  onBytes: OnBytes,
  watch: WatchContent = async () => undefined,
): Promise<VerifiedArchive> {
  const archive = await openArchive(reader);
  const whole = createHash('sha256');
  const cursor = new TarCursor(hashedFrames(archive, whole, signal, onBytes));
  const members = await verifyMembers(archive, cursor, watch);
  await verifySums(archive, members, signal);
  for await (const _ of archive.removed()) signal.throwIfAborted();
  await verifyTailFrames(archive);
  await hashRest(archive, whole, signal, onBytes);
  return {
    frames: archive.frameCount,
    members: members.count,
    contentBytes: archive.header.contentBytes,
    sha256: whole.digest('hex'),
  };
}

async function* hashedFrames(
  archive: Archive,
  whole: Hash,
  signal: AbortSignal,
  onBytes: OnBytes,
): AsyncGenerator<Buffer> {
  const { reader, end } = archive;
  let done = 0;
  const frames = new FrameReader(reader, end.frames).readAhead(0, end.tailFrame, signal);
  for await (const { compressed, content } of frames) {
    whole.update(compressed);
    done += compressed.length;
    onBytes(done, reader.sizeBytes);
    // A delta frame is no part of the tar.
    if (content.length > 0) yield content;
  }
}

/** The tail as a tar: header of the index, its bytes, padding and zero blocks. */
async function verifyTailFrames(archive: Archive): Promise<void> {
  const { reader, end } = archive;
  const frames = new FrameReader(reader, end.frames);
  const cursor = new TarCursor(frames.contents(end.tailFrame, end.tailFrame + 1));
  const entry = await readTarEntry(cursor).catch(() => undefined);
  const indexLength = end.locator.indexLength;
  const announced =
    entry?.name.toString() === `${ownFolder}index` &&
    entry.sizeBytes === indexLength &&
    cursor.position === end.frames.at(end.tailFrame).contentSize;
  using last = await frames.hold(end.frames.length - 1);
  const ends =
    last.bytes.length === paddingOf(indexLength) + 2 * tarBlock &&
    last.bytes.every((byte) => byte === 0);
  if (!announced || !ends) throw damaged(reader, 'its tail is not the end of a tar');
}

/** Tail, locator and seek table have proven themselves; they only count for the hash of the file. */
async function hashRest(
  archive: Archive,
  whole: Hash,
  signal: AbortSignal,
  onBytes: OnBytes,
): Promise<void> {
  const { reader, end } = archive;
  for (let at = end.locator.tailOffset; at < reader.sizeBytes; at += readSize) {
    signal.throwIfAborted();
    const length = Math.min(readSize, reader.sizeBytes - at);
    whole.update(await reader.read(at, length));
    onBytes(at + length, reader.sizeBytes);
  }
}
