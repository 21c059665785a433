import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noKeys } from '../../../agent/archive/age/lock.ts';
import { openArchiveFile } from '../../../agent/archive/open-archive-file.ts';
import type { Keys } from '../../../agent/os/work.ts';
import { bothKeys, serverKey, strangersKey, writeAgeFile } from '../../support/age-files.ts';
import { codeOf } from '../../support/archives.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const keys: Keys = { identities: [serverKey.secret] };
const kib64 = 64 << 10;

async function encrypted(content: Buffer): Promise<string> {
  const path = join(temporaryFolder(), 'file.age');
  await writeAgeFile(path, content, bothKeys);
  return path;
}

/** The code of the failure to read all of it, or 'opened'. */
async function opening(bytes: Buffer, given = keys): Promise<string> {
  const path = join(temporaryFolder(), 'changed.age');
  writeFileSync(path, bytes);
  try {
    await using file = await openArchiveFile(path, given);
    await file.read(0, file.sizeBytes);
    return 'opened';
  } catch (error) {
    return codeOf(error);
  }
}

test('reads any part, in any order and several at once', async () => {
  const content = randomBytes(20 * kib64 + 12_345);
  await using file = await openArchiveFile(await encrypted(content), keys);
  const parts = Array.from({ length: 200 }, () => {
    const offset = Math.floor(Math.random() * content.length);
    return {
      offset,
      length: Math.floor(Math.random() * Math.min(content.length - offset, 5 * kib64)),
    };
  });
  const read = await Promise.all(parts.map(({ offset, length }) => file.read(offset, length)));
  const wrong = parts.filter(
    ({ offset, length }, n) => read[n]?.equals(content.subarray(offset, offset + length)) !== true,
  );
  expect(wrong).toEqual([]);
});

test('says what it takes on disk, what it holds and how it is locked', async () => {
  const content = randomBytes(3 * kib64);
  const path = await encrypted(content);
  await using file = await openArchiveFile(path, keys);
  expect({ ...file, read: undefined }).toMatchObject({
    path,
    sizeBytes: content.length,
    fileBytes: readFileSync(path).length,
    encryption: 'keys',
  });
});

test('a file cut anywhere is refused when it is opened', async () => {
  const whole = readFileSync(await encrypted(randomBytes(2 * kib64 + 10)));
  const ends = [
    30,
    200,
    ...[0, 1, 15, 16, 26, 27, kib64 + 16, 2 * kib64 + 32].map((bytes) => whole.length - 1 - bytes),
  ];
  const codes = new Set<string>();
  for (const end of ends) codes.add(await opening(whole.subarray(0, end)));
  expect([...codes]).toEqual(['archive-damaged']);
});

test('one flipped bit of the payload is damage, wherever it is', async () => {
  const whole = readFileSync(await encrypted(randomBytes(3 * kib64)));
  const payload = whole.indexOf('\n', whole.indexOf('\n--- ') + 1) + 1;
  const places = [payload, payload + 15, payload + 16, payload + kib64 + 20, whole.length - 1];
  for (const place of places) {
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(place) ^ 4, place);
    expect([place, await opening(changed)]).toEqual([place, 'archive-damaged']);
  }
});

test('every byte of the header is covered', async () => {
  const whole = readFileSync(await encrypted(Buffer.from('x')));
  const payload = whole.indexOf('\n', whole.indexOf('\n--- ') + 1) + 1;
  for (let place = 0; place < payload; place++) {
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
    // What no more begins as an age file is no archive at all; that is for who reads it to say.
    const code = await opening(changed);
    if (place >= 22) expect([place, code]).not.toEqual([place, 'opened']);
    expect(code).not.toMatch(/^not a failure/);
  }
});

test('chunks that changed places, or came from another file, are damage', async () => {
  const [one, other] = [
    readFileSync(await encrypted(randomBytes(3 * kib64))),
    readFileSync(await encrypted(randomBytes(3 * kib64))),
  ];
  const payload = one.length - 3 * (kib64 + 16);
  const chunk = (bytes: Buffer, n: number) =>
    bytes.subarray(payload + n * (kib64 + 16), payload + (n + 1) * (kib64 + 16));
  const head = one.subarray(0, payload);
  const swapped = Buffer.concat([head, chunk(one, 1), chunk(one, 0), chunk(one, 2)]);
  const mixed = Buffer.concat([head, chunk(one, 0), chunk(other, 1), chunk(one, 2)]);
  const left = Buffer.concat([head, chunk(one, 0), chunk(one, 2)]);
  for (const bytes of [swapped, mixed, left]) expect(await opening(bytes)).toBe('archive-damaged');
});

test('without a key, and with a wrong one, the failure says so', async () => {
  const whole = readFileSync(await encrypted(Buffer.from('secret')));
  expect(await opening(whole, { identities: [] })).toBe('key-missing');
  expect(await opening(whole, { identities: [strangersKey.secret] })).toBe('key-missing');
  expect(await opening(whole, { identities: [strangersKey.secret, serverKey.secret] })).toBe(
    'opened',
  );
});

test('a passphrase is asked for, refused when wrong, and never worked on for longer than 2^18 rounds', async () => {
  const path = join(temporaryFolder(), 'file.age');
  await writeAgeFile(path, Buffer.from('secret'), { kind: 'passphrase', passphrase: 'right' });
  const open = async (bytes: Buffer, passphrase?: string) => {
    const given = passphrase === undefined ? noKeys : { ...noKeys, passphrase };
    return await opening(bytes, { ...given, identities: [] });
  };
  const whole = readFileSync(path);
  expect(await open(whole)).toBe('passphrase-missing');
  expect(await open(whole, 'wrong')).toBe('passphrase-wrong');
  expect(await open(whole, 'right')).toBe('opened');
  const heavy = Buffer.from(whole.toString('latin1').replace(/ 18\n/, ' 30\n'), 'latin1');
  expect(await open(heavy, 'right')).toBe('archive-not-ours');
});

test('armored text is refused by what it is', async () => {
  const text = Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3Jn\n');
  expect(await opening(text)).toBe('archive-not-ours');
});

test('a header without end, or with hundreds of recipients, is refused', async () => {
  const whole = readFileSync(await encrypted(Buffer.from('x'))).toString('latin1');
  const [magic = '', stanza = '', body = ''] = whole.split('\n');
  const endless = Buffer.from(`${magic}\n${`${stanza}\n${body}\n`.repeat(2_000)}`, 'latin1');
  expect(await opening(endless)).toBe('archive-damaged');
  const crowd = whole.replace(`${stanza}\n`, `${`${stanza}\n${body}\n`.repeat(300)}${stanza}\n`);
  expect(await opening(Buffer.from(crowd, 'latin1'))).toBe('archive-not-ours');
});
