import type { ArchivedSource } from '../restore-kind.ts';

/** Of an archive these members of its source, by their names below it. */
export function onlyMembers(archived: ArchivedSource, files: readonly string[]): ArchivedSource {
  const names = new Set(files.map((file) => `${archived.name}/${file}`));
  return {
    ...archived,
    async *members() {
      for await (const member of archived.members())
        if (names.has(member.name.toString())) yield member;
    },
  };
}

export async function bytesOf(archived: ArchivedSource): Promise<number> {
  let bytes = 0;
  for await (const { sizeBytes } of archived.members()) bytes += sizeBytes;
  return bytes;
}
