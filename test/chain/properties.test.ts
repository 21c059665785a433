import { hash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NewMember } from '../../agent/archive/archive-writer.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { hashPages } from '../../agent/archive/page-hashes.ts';
import { openChain } from '../../agent/chain/chain.ts';
import { findBaseIn } from '../../agent/chain/find-base.ts';
import { fileMember, signal, writeArchive, writeDifferential } from '../support/archives.ts';
import { databaseMember, textBytes } from '../support/changing-files.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** What happens to a file between two backups, each place a fraction of its length. */
const edits = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('write' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.nat(300_000),
    }),
    fc.record({
      kind: fc.constant('cut' as const),
      at: fc.double({ min: 0.2, max: 1, noNaN: true }),
      bytes: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('append' as const),
      at: fc.constant(1),
      bytes: fc.nat(1_500_000),
    }),
  ),
  { maxLength: 4 },
);

type Edit = typeof edits extends fc.Arbitrary<readonly (infer E)[]> ? E : never;

function edited(old: Buffer, changes: readonly Edit[]): Buffer {
  let bytes = Buffer.from(old);
  for (const [nth, { kind, at, bytes: count }] of changes.entries()) {
    const place = Math.floor(at * bytes.length);
    if (kind === 'cut') bytes = bytes.subarray(0, place);
    if (kind === 'append') bytes = Buffer.concat([bytes, textBytes(count, nth + 7)]);
    if (kind === 'write') textBytes(count, nth + 70).copy(bytes, place);
  }
  return bytes;
}

async function hashesOf(path: string): Promise<ReadonlyMap<string, string>> {
  await using reader = await openFileReader(path);
  await using chain = await openChain(reader, findBaseIn(path, []));
  const found = new Map<string, string>();
  for await (const member of chain.members()) {
    const parts: Buffer[] = [];
    for await (const part of chain.content(member, signal)) parts.push(Buffer.from(part));
    found.set(member.name.toString(), hash('sha256', Buffer.concat(parts)));
  }
  return found;
}

test('whatever is written, cut and appended to files and databases, their differential gives back', async () => {
  const runs = fc.asyncProperty(
    fc.integer({ min: 900_000, max: 3_400_000 }),
    fc.constantFrom(512, 1024, 4096, 65_536),
    edits,
    edits,
    async (length, pageSize, ofFile, ofDatabase) => {
      using folder = tempFolder();
      const [full, diff] = [join(folder.path, 'full.tar.zst'), join(folder.path, 'diff.tar.zst')];
      const database = (bytes: Buffer): NewMember => ({
        ...databaseMember(bytes),
        pageSize,
      });
      const old = textBytes(length, 1);
      await writeArchive(full, [database(old), fileMember('uploads/large', old)]);
      const [file, rows] = [edited(old, ofFile), edited(old, ofDatabase)];
      await writeDifferential(diff, full, [database(rows), fileMember('uploads/large', file)]);
      expect(await hashesOf(diff)).toEqual(
        new Map([
          ['database/clinic.db', hash('sha256', rows)],
          ['uploads/large', hash('sha256', file)],
        ]),
      );
    },
  );
  await fc.assert(runs, { numRuns: 25, seed: 20_261_122 });
}, 300_000);

test('the hashes of a database that ends within a page are of what it has', async () => {
  using folder = tempFolder();
  const [full, diff] = [join(folder.path, 'full.tar.zst'), join(folder.path, 'diff.tar.zst')];
  const pageSize = 65_536;
  const old = textBytes(20 * pageSize, 1);
  const now = edited(old, []).subarray(0, 18 * pageSize + 700);
  textBytes(100, 2).copy(now, 17 * pageSize);
  await writeArchive(full, [{ ...databaseMember(old), pageSize }]);
  await writeDifferential(diff, full, [{ ...databaseMember(now), pageSize }]);
  await using reader = await openFileReader(diff);
  await using chain = await openChain(reader, findBaseIn(diff, []));
  const sums: (string | undefined)[] = [];
  for await (const { pagesSha256 } of chain.members()) sums.push(pagesSha256);
  expect(sums).toEqual([hash('sha256', hashPages(now, pageSize))]);
});
