import { expect, test } from 'vitest';
import { createCredit } from '../../protocol/credit.ts';
import { createFrameBuffer, decodeFrame, maxPayloadBytes } from '../../protocol/transfer.ts';

const signal = (): AbortSignal => AbortSignal.timeout(10_000);

test('a frame is stream, offset and bytes, little-endian', () => {
  const buffer = createFrameBuffer();
  buffer.payload.set([7, 8, 9]);
  const frame = buffer.seal(0x01020304, 0x1_0000_0002, 3);
  expect([...frame]).toEqual([4, 3, 2, 1, 2, 0, 0, 0, 1, 0, 0, 0, 7, 8, 9]);
  expect(decodeFrame(frame)).toEqual({
    stream: 0x01020304,
    offset: 0x1_0000_0002,
    bytes: new Uint8Array([7, 8, 9]),
  });
});

test.each([
  ['empty', 0],
  ['a header only', 12],
  ['a byte longer than the longest', 12 + maxPayloadBytes + 1],
])('%s is no frame', (_what, length) => {
  expect(decodeFrame(new Uint8Array(length))).toBeUndefined();
});

test('an offset that no number holds is no frame', () => {
  const frame = new Uint8Array(13).fill(0xff);
  expect(decodeFrame(frame)).toBeUndefined();
});

test('a frame is read where it lies inside a larger buffer', () => {
  const buffer = createFrameBuffer();
  buffer.payload.set([42]);
  const around = new Uint8Array(40);
  around.set(buffer.seal(5, 6, 1), 10);
  const frame = decodeFrame(around.subarray(10, 23));
  expect(frame).toEqual({ stream: 5, offset: 6, bytes: new Uint8Array([42]) });
});

test('credit is taken as it is there, waited for, and never more than the limit', async () => {
  const credit = createCredit(10, 100);
  expect(await credit.take(4, signal())).toBe(4);
  expect(await credit.take(50, signal())).toBe(6);
  const waiting = credit.take(50, signal());
  credit.grant(1_000);
  expect(await waiting).toBe(50);
  expect(await credit.take(1_000, signal())).toBe(50);
});

test('waiting for credit ends with the signal', async () => {
  const credit = createCredit(0, 100);
  const giving = new AbortController();
  const waiting = credit.take(1, giving.signal);
  giving.abort(new Error('given up'));
  await expect(waiting).rejects.toThrow('given up');
  credit.grant(5);
  expect(await credit.take(1, signal())).toBe(1);
});
