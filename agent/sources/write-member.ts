import { KedgeError } from '../../protocol/failures.ts';
import type { MemberHeader } from '../archive/member.ts';
import type { EntryMetadata } from '../os/entry-metadata.ts';
import type { Path } from '../os/files.ts';
import { createNewFile, type NewFile } from '../os/new-file.ts';
import { WriteBehind } from '../os/write-behind.ts';

/** Holes are whole blocks of a file system, at their places in the file. */
const blockBytes = 4096;
const zeros = Buffer.alloc(blockBytes);
/** From here on a file would push others out of the page cache, and is long in getting there. */
const pastCacheFrom = 16 << 20;

/**
 * Writes the content of a file member to a path that must be free. Not durable yet, metadata not set.
 * `isReadSoon`: it is to be in the page cache then.
 */
export async function writeMemberFile(
  path: Path,
  member: MemberHeader,
  content: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
  isReadSoon = true,
): Promise<void> {
  await using file = createNewFile(path);
  const past = !isReadSoon && member.sparse !== true && member.sizeBytes >= pastCacheFrom;
  await using writer = new WriteBehind(file, past);
  let position = 0;
  for await (const bytes of content) {
    if (position + bytes.length > member.sizeBytes) throw wrongSize(member);
    // Of a small file there is nothing to come that could be made meanwhile.
    const to = bytes.length < member.sizeBytes ? writer : file;
    if (member.sparse === true) await writeUnlessZero(to, bytes, position);
    else await to.write(bytes, position);
    position += bytes.length;
    onBytes(bytes.length);
  }
  if (position !== member.sizeBytes) throw wrongSize(member);
  await writer.settled();
  // Zeros at the end that were not written.
  if (file.sizeBytes < position) file.truncate(position);
}

async function writeUnlessZero(
  file: Pick<NewFile, 'write'>,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + blockBytes - ((position + at) % blockBytes));
    if (isZero(bytes.subarray(at, end))) {
      if (at > from) await file.write(bytes.subarray(from, at), position + from);
      from = end;
    }
    at = end;
  }
  if (from < bytes.length) await file.write(bytes.subarray(from), position + from);
}

/** Of one block at most. */
function isZero(bytes: Uint8Array): boolean {
  return zeros.subarray(0, bytes.length).equals(bytes);
}

/**
 * What of a member's metadata a restore sets. An archive is hostile input: a set-user-ID or set-group-ID
 * file never comes back; on a folder the group bit only says whose group new files get.
 */
export function restoredMetadata(member: MemberHeader): EntryMetadata {
  const mode = member.kind === 'directory' ? member.mode & 0o3777 : member.mode & 0o1777;
  return { uid: member.uid, gid: member.gid, mode, mtimeNs: member.mtimeNs };
}

function wrongSize(member: MemberHeader): KedgeError {
  const problem = `the content of "${member.name.toString()}" is not as long as announced`;
  return new KedgeError('archive-damaged', { path: member.name.toString(), problem });
}
