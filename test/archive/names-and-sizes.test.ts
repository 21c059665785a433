import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { nameProblem } from '../../agent/archive/member-name.ts';
import { encodeTarHeader } from '../../agent/archive/tar-header.ts';
import { readTarEntry } from '../../agent/archive/tar-reader.ts';
import { verifyArchive } from '../../agent/archive/verify-archive.ts';
import {
  fileMember,
  memberHeader,
  memoryReader,
  signal,
  writeArchive,
} from '../support/archives.ts';
import { tempFolder } from '../support/temp-folder.ts';

const anyName = fc
  .uint8Array({ minLength: 1, maxLength: 300 })
  .map((bytes) => Buffer.concat([Buffer.from('s/'), bytes]))
  .filter((name) => nameProblem(name) === undefined);

const smallSize = fc.integer({ min: 0, max: 3000 });
/** Near the end of a bundle, where members are cut. */
const edgeSize = fc.integer({ min: 0, max: 4096 }).map((less) => (1 << 20) + 512 - less);
const anySize = fc.oneof({ weight: 4, arbitrary: smallSize }, { weight: 1, arbitrary: edgeSize });

test('any names and sizes verify, and the last content of each name comes back', async () => {
  const members = fc.array(fc.tuple(anyName, anySize, fc.nat(255)), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(members, async (list) => {
      using folder = tempFolder();
      const path = join(folder.path, 'any.tar.zst');
      const expected = new Map<string, Buffer>();
      for (const [name, size, fill] of list) {
        expected.set(name.toString('latin1'), Buffer.alloc(size, fill));
      }
      await writeArchive(
        path,
        list.map(([name, size, fill]) => fileMember(name, Buffer.alloc(size, fill))),
      );
      const reader = memoryReader(await readFile(path));
      await verifyArchive(reader, signal, () => undefined);
      const archive = await openArchive(reader);
      for await (const member of archive.members()) {
        const parts: Buffer[] = [];
        for await (const part of archive.content(member, signal)) parts.push(Buffer.from(part));
        const key = member.name.toString('latin1');
        expect(expected.get(key)?.equals(Buffer.concat(parts))).toBe(true);
        expected.delete(key);
      }
      expect(expected.size).toBe(0);
    }),
    { numRuns: 40 },
  );
});

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const anyAttribute = fc
  .oneof(
    anyBytes,
    fc.constantFrom('a=b', '%3D', '%25', '100% = \n').map((text) => Buffer.from(text)),
  )
  .map((name) => Buffer.concat([Buffer.from('user.'), name.filter((byte) => byte !== 0)]));

test('any tar header reads back as it was written', async () => {
  const header = fc.record({
    name: anyName,
    sizeBytes: fc.maxSafeNat(),
    mode: fc.integer({ min: 0, max: 0o7777 }),
    uid: fc.nat(2 ** 32 - 2),
    gid: fc.nat(2 ** 32 - 2),
    user: fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\0')),
    group: fc.string({ maxLength: 40 }).filter((text) => !text.includes('\0')),
    mtimeNs: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 66n }),
    attributes: fc.uniqueArray(fc.record({ name: anyAttribute, value: anyBytes }), {
      maxLength: 4,
      selector: ({ name }) => name.toString('latin1'),
    }),
  });
  await fc.assert(
    fc.asyncProperty(header, async (fields) => {
      const bytes = encodeTarHeader(memberHeader(fields.name, fields));
      let at = 0;
      const take = async (length: number) => {
        at += length;
        return bytes.subarray(at - length, at);
      };
      expect(await readTarEntry({ take })).toEqual({ kind: 'file', ...fields });
      expect(at).toBe(bytes.length);
    }),
  );
});
