import { readdirSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { setFaultHook } from '../../agent/os/faults.ts';
import { receiveArchive } from '../../agent/server/transfers/receive-archive.ts';
import { putInFolder } from '../../agent/stores/local/put.ts';
import { failureOf } from '../../protocol/failures.ts';
import { maxPayloadBytes, windowBytes } from '../../protocol/transfer.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

afterEach(() => setFaultHook(undefined));

const piece = new Uint8Array(maxPayloadBytes);

test('a disk that becomes full ends the upload with no-space and leaves nothing', async () => {
  const folder = temporaryFolder();
  const faults: unknown[] = [];
  let written = 0;
  const upload = await receiveArchive(await putInFolder(folder, 'u1'), 10 * piece.length, {
    onWritten: (bytes) => {
      written += bytes;
    },
    onFault: (error) => void faults.push(error),
  });
  let writes = 0;
  setFaultHook(({ name }) => {
    if (name !== 'write') return;
    writes += 1;
    if (writes === 3) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  });
  for (let nth = 0; nth < 5; nth += 1)
    expect(upload.take(nth * piece.length, piece)).toBeUndefined();
  await until(() => faults.length > 0);
  expect(faults.map((fault) => failureOf(fault).code)).toEqual(['no-space']);
  expect(written).toBe(2 * piece.length);
  expect(upload.take(5 * piece.length, piece)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

test('more than the credit is refused, however slowly the disk writes', async () => {
  const folder = temporaryFolder();
  const events = { onWritten: () => undefined, onFault: () => undefined };
  const upload = await receiveArchive(await putInFolder(folder, 'u1'), 2 ** 40, events);
  const inWindow = windowBytes / piece.length;
  for (let nth = 0; nth < inWindow; nth += 1)
    expect(upload.take(nth * piece.length, piece)).toBeUndefined();
  expect(upload.take(windowBytes, piece)).toBe('more came than there was credit for');
  await upload.remove();
  expect(readdirSync(folder)).toEqual([]);
});
