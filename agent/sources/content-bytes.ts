import type { ArchivedSource } from './restore-kind.ts';

/** Content of all members, bytes. */
export async function contentBytes(archived: ArchivedSource): Promise<number> {
  let bytes = 0;
  for await (const member of archived.members()) bytes += member.sizeBytes;
  return bytes;
}
