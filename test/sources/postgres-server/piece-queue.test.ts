import { expect, test } from 'vitest';
import { PieceQueue } from '../../../agent/sources/postgres-server/piece-queue.ts';

const mebibyte = 1 << 20;

test('what comes in any size is read as it came, and who writes is held up until there is room', async () => {
  const sent = Buffer.from(Array.from({ length: 7 * mebibyte + 5 }, (_, n) => (n * 7) >> 3));
  const queue = new PieceQueue(() => undefined);
  expect(queue.write(sent.subarray(0, 3 * mebibyte))).toBeUndefined();
  const room = queue.write(sent.subarray(3 * mebibyte, 5 * mebibyte));
  const writing = room?.then(async () => {
    for (let at = 5 * mebibyte; at < sent.length; at += 300_000)
      await queue.write(sent.subarray(at, at + 300_000));
    queue.end();
  });
  const read: Buffer[] = [];
  for await (const piece of queue.read()) read.push(Buffer.from(piece));
  await writing;
  expect(room).toBeInstanceOf(Promise);
  expect(Buffer.concat(read).equals(sent)).toBe(true);
});

test('an error comes after what was written, and a reader that gives up says so and takes no more', async () => {
  const failing = new PieceQueue(() => undefined);
  expect(failing.write(Buffer.from('some'))).toBeUndefined();
  failing.end({ error: new Error('the line broke') });
  const pieces = failing.read();
  expect((await pieces.next()).value?.toString()).toBe('some');
  await expect(pieces.next()).rejects.toThrow('the line broke');

  let isClosed = false;
  const left = new PieceQueue(() => {
    isClosed = true;
  });
  expect(left.write(Buffer.alloc(mebibyte))).toBeUndefined();
  for await (const _ of left.read()) break;
  expect(isClosed).toBe(true);
  expect(left.write(Buffer.alloc(9 * mebibyte))).toBeUndefined();
});
