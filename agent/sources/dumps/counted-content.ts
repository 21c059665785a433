import { KedgeError } from '../../../protocol/failures.ts';
import type { ArchivedSource } from '../restore-kind.ts';

/** The same, told as it goes by. */
export async function* counted(
  content: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of content) {
    onBytes(bytes.length);
    yield bytes;
  }
}

/** A file of a dump, `path` below its source. */
export async function countedFile(
  archived: ArchivedSource,
  path: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const wanted = `${archived.name}/${path}`;
  for await (const member of archived.members()) {
    if (member.name.toString() === wanted)
      return counted(archived.content(member, signal), onBytes);
  }
  throw new KedgeError('restore-refused', { why: `the backup holds no "${wanted}"` });
}
