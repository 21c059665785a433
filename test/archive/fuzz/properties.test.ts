import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { openArchive } from '../../../agent/archive/archive-reader.ts';
import type { NewMember } from '../../../agent/archive/archive-writer.ts';
import { decodeDeltaFrame } from '../../../agent/archive/delta-frame.ts';
import {
  decodeFrameLine,
  decodeMemberLine,
  decodeRemovedLine,
} from '../../../agent/archive/index-line.ts';
import { decodeLocator, isLocator, isLocatorSound } from '../../../agent/archive/locator.ts';
import type { MemberHeader } from '../../../agent/archive/member.ts';
import { nameProblem } from '../../../agent/archive/member-name.ts';
import { decodeSeekTable, seekTableSizeIn } from '../../../agent/archive/seek-table.ts';
import { checksumOf, encodeTarHeader, tarBlock } from '../../../agent/archive/tar-header.ts';
import { readTarEntry } from '../../../agent/archive/tar-reader.ts';
import { verifyArchive } from '../../../agent/archive/verify-archive.ts';
import { FileWindow } from '../../../agent/restore/salvage/file-window.ts';
import { layoutAt } from '../../../agent/restore/salvage/frame-layout.ts';
import { findNextFrame } from '../../../agent/restore/salvage/resync.ts';
import {
  fileMember,
  memberHeader,
  memoryReader,
  signal,
  writeArchive,
} from '../../support/archives.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A part of a name in raw bytes; neither "." nor "..", no slash, no NUL. */
const part = fc
  .uint8Array({ minLength: 1, maxLength: 120 })
  .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x61 : byte))))
  .filter((bytes) => !['.', '..'].includes(bytes.toString('latin1')));

const name = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .map((parts) =>
    Buffer.concat([Buffer.from('files'), ...parts.flatMap((p) => [Buffer.from('/'), p])]),
  );

const header = fc.record({
  mode: fc.integer({ min: 0, max: 0o7777 }),
  uid: fc.integer({ min: 0, max: 2 ** 32 - 2 }),
  gid: fc.integer({ min: 0, max: 2 ** 32 - 2 }),
  user: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter(isPlain),
  group: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter(isPlain),
  mtimeNs: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 19n }),
});

function isPlain(text: string): boolean {
  return !/[\0\n]/.test(text) && text.isWellFormed();
}

const content = fc.oneof(
  { weight: 6, arbitrary: fc.uint8Array({ maxLength: 3000 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 2_500_000 }), fc.integer({ min: 0, max: 255 }))
      .map(([length, byte]) => new Uint8Array(length).fill(byte)),
  },
);

const member: fc.Arbitrary<NewMember> = fc
  .tuple(name, header, content)
  .map(([path, changes, bytes]) => fileMember(path, bytes, changes));

test('whatever is written is read back as it was, and verifies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(member, { maxLength: 12 }), async (members) => {
      using folder = tempFolder();
      const path = join(folder.path, 'a.tar.zst');
      await writeArchive(path, members);
      const reader = memoryReader(await readFile(path));
      await verifyArchive(reader, signal, () => undefined);
      const archive = await openArchive(reader);
      const found = new Map<string, unknown>();
      for await (const one of archive.members()) {
        const parts: Buffer[] = [];
        for await (const bytes of archive.content(one, signal)) parts.push(bytes);
        found.set(one.name.toString('latin1'), factsOf(one, Buffer.concat(parts)));
      }
      const last = new Map<string, unknown>();
      for (const { header: one, content: bytes } of members) {
        if (!(bytes instanceof Uint8Array)) throw new Error('a stream');
        last.set(one.name.toString('latin1'), factsOf(one, bytes));
      }
      expect([...found].toSorted(byName)).toEqual([...last].toSorted(byName));
    }),
    { numRuns: 40 },
  );
}, 60_000);

function factsOf(one: MemberHeader, bytes: Uint8Array) {
  const { sizeBytes, mode, uid, gid, user, group, mtimeNs } = one;
  return { sizeBytes, mode, uid, gid, user, group, mtimeNs, sha256: hash('sha256', bytes) };
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

test('a tar header is read back as it was written', async () => {
  await fc.assert(
    fc.asyncProperty(name, header, fc.maxSafeNat(), async (path, changes, sizeBytes) => {
      const written = memberHeader(path, { ...changes, sizeBytes });
      const entry = await readTarEntry(inputOf(encodeTarHeader(written)));
      expect(entry?.name.equals(path)).toBe(true);
      expect(entry).toMatchObject({ kind: 'file', sizeBytes, ...changes });
    }),
    { numRuns: 300 },
  );
});

/** What a decoder may do with bytes that are not its own: throw a plain error, or answer something bounded. */
function refusesOrDecodes(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    const isPlainError =
      error instanceof RangeError || error instanceof SyntaxError || error instanceof z.ZodError;
    expect([String(error), isPlainError]).toEqual([String(error), true]);
  }
}

const json = fc.oneof(
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .record({
      name: fc.oneof(fc.string(), fc.constant('files/a')),
      kind: fc.constantFrom('file', 'symlink', 'hardlink', 'x'),
      size: fc.double(),
      mode: fc.integer(),
      uid: fc.nat(),
      gid: fc.nat(),
      mtime: fc.oneof(fc.string(), fc.bigInt().map(String)),
      frame: fc.nat(),
      offset: fc.nat(),
      link: fc.string(),
      sha256: fc.constant('ab'.repeat(32)),
      deltas: fc.double(),
      pages: fc.anything(),
    })
    .map((line) => Buffer.from(JSON.stringify(line) ?? '')),
);

test('lines of an index that are none are refused, and names that pass lead nowhere else', () => {
  fc.assert(
    fc.property(json, (line) => {
      refusesOrDecodes(() => expect(nameProblem(decodeMemberLine(line).name)).toBeUndefined());
      refusesOrDecodes(() => expect(nameProblem(decodeRemovedLine(line))).toBeUndefined());
      refusesOrDecodes(() => decodeDeltaFrame(decodeFrameLine(line)));
    }),
    { numRuns: 2000 },
  );
});

test('runs of pages that pass are ascending and bounded by the length of the frame', () => {
  const runs = fc.array(fc.oneof(fc.nat(), fc.nat(20), fc.double()), { maxLength: 9 });
  fc.assert(
    fc.property(runs, fc.nat(100), (pages, length) => {
      refusesOrDecodes(() => {
        const found = decodeDeltaFrame({ length, pages })?.pages ?? new Uint32Array();
        let [end, count] = [0, 0];
        for (let at = 0; at < found.length; at += 2) {
          const [first = -1, many = 0] = found.subarray(at, at + 2);
          expect(first).toBeGreaterThanOrEqual(end);
          [end, count] = [first + many, count + many];
        }
        expect(count).toBeLessThanOrEqual(length);
      });
    }),
    { numRuns: 2000, examples: [[[Number.NaN, 1, 5, 1, 3, 1], 100]] },
  );
});

test('a seek table or locator of any bytes is refused or has no more frames than it has room for', () => {
  const bytes = fc.uint8Array({ minLength: 48, maxLength: 400 }).map((b) => Buffer.from(b));
  fc.assert(
    fc.property(bytes, fc.nat(0xffffffff), (table, count) => {
      table.writeUInt32LE(count, table.length - 9);
      table.writeUInt8(0x80, table.length - 5);
      table.writeUInt32LE(0x8f92eab1, table.length - 4);
      const size = seekTableSizeIn(table.subarray(-9));
      expect(size ?? 0).toBeLessThanOrEqual(12 * (4_194_304 + 1) + 17);
      const cut = table.subarray(0, 17 + 12 * Math.floor((table.length - 17) / 12));
      cut.writeUInt32LE(0x184d2a5e, 0);
      cut.writeUInt32LE(cut.length - 8, 4);
      const decoded = decodeSeekTable(cut);
      if ('frames' in decoded) expect(decoded.frames.length).toBeLessThan(cut.length / 12);
      if (isLocator(table)) refusesOrDecodes(() => isLocatorSound(table));
      refusesOrDecodes(() => decodeLocator(Buffer.concat([table, Buffer.alloc(184)])));
    }),
    { numRuns: 2000 },
  );
});

test('a tar header of any bytes, its checksum right, is refused or has a size that is a number', async () => {
  const blocks = fc
    .array(fc.uint8Array({ minLength: 512, maxLength: 512 }), { minLength: 1, maxLength: 4 })
    .map((list) => Buffer.concat(list.map((block) => headed(Buffer.from(block)))));
  await fc.assert(
    fc.asyncProperty(blocks, fc.constantFrom('0', 'x', '5', '2', 'L'), async (bytes, flag) => {
      bytes.write(flag, 156, 'latin1');
      bytes.write('00000000144\0', 124, 'latin1');
      headed(bytes.subarray(0, tarBlock));
      await readTarEntry(inputOf(bytes)).then(
        (entry) => expect(Number.isSafeInteger(entry?.sizeBytes ?? 0)).toBe(true),
        (error: unknown) => expect(error).toBeInstanceOf(RangeError),
      );
    }),
    { numRuns: 1000 },
  );
});

test('pax records of any bytes are refused or read', async () => {
  const text = fc.array(
    fc.oneof(
      fc.constantFrom('path=', 'size=', 'mtime=', ' ', '\n', '=', '30 ', '-5 ', '1e3 ', '0x9 '),
      fc.string({ maxLength: 9 }),
      fc.nat(600).map(String),
    ),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(text, async (parts) => {
      const body = Buffer.from(parts.join(''));
      const head = Buffer.alloc(tarBlock);
      head.write('x', 156, 'latin1');
      head.write(body.length.toString(8).padStart(11, '0'), 124, 'latin1');
      const padding = Buffer.alloc((512 - (body.length % 512)) % 512);
      const file = encodeTarHeader(memberHeader('files/a', { mtimeNs: 0n }));
      const bytes = Buffer.concat([headed(head), body, padding, file]);
      await readTarEntry(inputOf(bytes)).catch((error: unknown) =>
        expect(error).toBeInstanceOf(RangeError),
      );
    }),
    { numRuns: 2000 },
  );
});

test('looking for frames in any bytes ends, at a place in them', async () => {
  const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
  const piece = fc.oneof(
    fc.constantFrom(magic, Buffer.from([0x5c, 0x2a, 0x4d, 0x18]), Buffer.alloc(9)),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      const bytes = Buffer.concat(pieces);
      const window = new FileWindow(memoryReader(bytes));
      const next = await findNextFrame(window, 1, bytes.length, signal);
      expect(next).toBeGreaterThanOrEqual(Math.min(1, bytes.length));
      expect(next).toBeLessThanOrEqual(Math.max(1, bytes.length));
      for (let at = 0; at < bytes.length; at++) {
        const layout = layoutAt(bytes, at);
        if ('size' in layout) expect(layout.size).toBeGreaterThan(0);
      }
    }),
    { numRuns: 500 },
  );
});

/** With the magic and checksum of a header. */
function headed(block: Buffer): Buffer {
  block.write('ustar\u000000', 257, 'latin1');
  block.write(`${checksumOf(block).toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
  return block;
}

function inputOf(bytes: Buffer) {
  let at = 0;
  return {
    take: async (length: number): Promise<Buffer> => {
      if (at + length > bytes.length) throw new RangeError('the end');
      at += length;
      return bytes.subarray(at - length, at);
    },
  };
}
