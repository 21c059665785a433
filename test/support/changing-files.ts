import type { NewMember } from '../../agent/archive/archive-writer.ts';
import { emptyMember, fileMember } from './archives.ts';

const mebibyte = 1 << 20;

/** Bytes that look like business data: they pack, and no two pages are the same. */
export function textBytes(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed * 2_654_435_761 + 1;
  for (let at = 0; at < length; at += 32) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes.write(`row ${state.toString(36)} of ${at} patient `, at, 'latin1');
  }
  return bytes;
}

export const pageSize = 4096;

/** A database of so many pages as a member. */
export function databaseMember(content: Buffer, name = 'database/clinic.db'): NewMember {
  return {
    ...fileMember(name, content),
    content: async function* () {
      for (let at = 0; at < content.length; at += 300_000) {
        yield content.subarray(at, at + 300_000);
      }
    },
    pageSize,
    engine: 'sqlite',
  };
}

/** `content` with these pages, counted from 0, filled anew; as long as it has to be. */
export function withPages(content: Buffer, pages: readonly number[], seed: number): Buffer {
  const length = Math.max(content.length, ...pages.map((page) => (page + 1) * pageSize));
  const changed = Buffer.concat([content, Buffer.alloc(length - content.length)]);
  for (const page of pages) {
    const place = changed.subarray(page * pageSize, (page + 1) * pageSize);
    place.write(`changed ${seed} in ${page}`, 100);
    if (page * pageSize >= content.length) textBytes(pageSize, seed + page).copy(place);
  }
  return changed;
}

/** What a full holds: one of every sort that differentials treat on their own. */
export function* filesThen(): Generator<NewMember> {
  yield databaseMember(textBytes(5 * mebibyte, 1));
  yield emptyMember('uploads', 'directory');
  yield fileMember('uploads/same.txt', 'stays as it is');
  yield fileMember('uploads/changed.txt', 'before');
  yield fileMember('uploads/gone.txt', 'will go');
  yield fileMember('uploads/large-same.bin', textBytes(2 * mebibyte + 7, 2));
  yield fileMember('uploads/large.bin', textBytes(4 * mebibyte + 100, 3));
  yield emptyMember('uploads/link', 'hardlink', 'uploads/same.txt');
  yield emptyMember('uploads/moved', 'hardlink', 'uploads/changed.txt');
  yield emptyMember('uploads/latest', 'symlink', 'changed.txt');
}

/** The same some time later. */
export function* filesNow(): Generator<NewMember> {
  const pages = [0, 3, 4, 5, 300, 301, 700, 900, 1279, 1280, 1281, 1300];
  yield databaseMember(withPages(textBytes(5 * mebibyte, 1), pages, 7));
  yield { ...emptyMember('uploads', 'directory') };
  yield fileMember('uploads/same.txt', 'stays as it is');
  yield fileMember('uploads/changed.txt', 'after');
  const large = textBytes(5 * mebibyte, 3);
  large.write('in the second block', mebibyte + 500);
  yield fileMember('uploads/large-same.bin', textBytes(2 * mebibyte + 7, 2));
  yield fileMember('uploads/large.bin', large);
  yield emptyMember('uploads/link', 'hardlink', 'uploads/same.txt');
  yield emptyMember('uploads/moved', 'hardlink', 'uploads/changed.txt');
  yield emptyMember('uploads/latest', 'symlink', 'new.txt');
  yield fileMember('uploads/new.txt', 'is new');
}

/** Bytes that pack to almost nothing, each page by its number. */
function plainPages(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let page = 0; page * pageSize < length; page++) bytes.writeUInt32LE(page, page * pageSize);
  return bytes;
}

/** A small full with a database and an upload large enough for deltas, and the same some time later. */
export function* sampleThen(): Generator<NewMember> {
  yield databaseMember(plainPages(mebibyte));
  yield emptyMember('uploads', 'directory');
  yield fileMember('uploads/gone.txt', 'will go');
  yield fileMember('uploads/same.txt', 'stays as it is');
  yield fileMember('uploads/scan.bin', plainPages(2 * mebibyte + 100));
}

export function* sampleNow(): Generator<NewMember> {
  yield databaseMember(withPages(plainPages(mebibyte), [1, 2, 100, 256], 7));
  yield emptyMember('uploads', 'directory');
  yield fileMember('uploads/new.txt', 'is new');
  yield fileMember('uploads/same.txt', 'stays as it is');
  const scan = plainPages(2 * mebibyte);
  scan.write('in the second block', mebibyte + 500);
  yield fileMember('uploads/scan.bin', scan);
}
