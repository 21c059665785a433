import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { verifyArchive } from '../../agent/archive/verify-archive.ts';
import type { WatchContent } from '../../agent/archive/verify-members.ts';
import { fileMember, memoryReader, signal, writeArchive } from '../support/archives.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const large = randomBytes((2 << 20) + 7);

async function archived(): Promise<Buffer> {
  const path = join(temporaryFolder(), 'watched.tar.zst');
  await writeArchive(path, [
    fileMember('files/small', 'small'),
    fileMember('files/large', large),
    fileMember('files/other', 'not watched'),
  ]);
  return await readFile(path);
}

/** What is told of members but `other`. */
function watching() {
  const told: string[] = [];
  const contents = new Map<string, Buffer>();
  const watch: WatchContent = async ({ name }) => {
    const key = name.toString();
    if (key.endsWith('other')) return undefined;
    const parts: Buffer[] = [];
    return {
      write: async (bytes) => void parts.push(Buffer.from(bytes)),
      end: async () => {
        told.push(`${key} is whole`);
        contents.set(key, Buffer.concat(parts));
      },
      [Symbol.asyncDispose]: async () => void told.push(`${key} is left`),
    };
  };
  return { told, contents, watch };
}

test('who watches gets the content of a member, whole, while it is verified', async () => {
  const { told, contents, watch } = watching();
  await verifyArchive(memoryReader(await archived()), signal, () => undefined, watch);
  expect(told.filter((line) => line.startsWith('files/'))).toEqual([
    'files/small is whole',
    'files/small is left',
    'files/large is whole',
    'files/large is left',
  ]);
  expect(contents.get('files/large')?.equals(large)).toBe(true);
  expect(contents.get('files/small')?.toString()).toBe('small');
});

test('a member that is damaged is never said to be whole', async () => {
  const bytes = await archived();
  const { end } = await openArchive(memoryReader(bytes));
  const { offset } = end.frames.at(2);
  bytes.writeUInt8(bytes.readUInt8(offset + 100) ^ 1, offset + 100);
  const { told, watch } = watching();
  const verified = verifyArchive(memoryReader(bytes), signal, () => undefined, watch);
  await expect(verified).rejects.toMatchObject({ failure: { code: 'archive-damaged' } });
  expect(told.filter((line) => line.startsWith('files/'))).toEqual([
    'files/small is whole',
    'files/small is left',
    'files/large is left',
  ]);
});
