import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Backup } from '../../protocol/domain/backup.ts';
import { backupDelete } from '../../protocol/methods/backup.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import {
  transferCredit,
  transferFinishDownload,
  transferFinishUpload,
  transferOpenDownload,
  transferOpenUpload,
} from '../../protocol/methods/transfer.ts';
import {
  createFrameBuffer,
  decodeFrame,
  maxPayloadBytes,
  maxStreams,
  windowBytes,
} from '../../protocol/transfer.ts';
import { openSession, type RunningKedge, startKedge } from '../support/kedge.ts';
import { openRawSession, type RawSession } from '../support/raw-session.ts';
import type { SmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  makeApplicationToMove,
  mebibyte,
  namesIn,
  takeVerified,
} from '../support/transfer-fixture.ts';
import { until } from '../support/until.ts';

const folder = tempFolder();
let app: SmallApplication;
let kedge: RunningKedge;
let backup: Backup;

beforeAll(async () => {
  app = await makeApplicationToMove(folder.path);
  kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  backup = await takeVerified(session);
}, 120_000);

afterAll(async () => {
  await kedge.stop();
  folder[Symbol.dispose]();
});

async function openDownload({ peer }: RawSession, offset = 0): Promise<number> {
  const params = { backup: { kind: 'id', id: backup.id }, offset };
  const answer = await peer.request(transferOpenDownload.name, params);
  return transferOpenDownload.result.parse(answer).stream;
}

async function openUpload(
  { peer }: RawSession,
  params: object = {},
): Promise<{ stream: number; offset: number }> {
  const key = randomUUID().replaceAll('-', '');
  const asked = { requestId: randomUUID(), name: 'x', sizeBytes: 8 * mebibyte, key, ...params };
  return transferOpenUpload.result.parse(await peer.request(transferOpenUpload.name, asked));
}

function frameOf(stream: number, offset: number, length: number): Uint8Array {
  const frame = createFrameBuffer();
  frame.payload.fill(7);
  return frame.seal(stream, offset, length);
}

/** All that was read from files so far by the daemon, bytes; its sockets count too, and are idle here. */
function bytesRead(): number {
  const io = readFileSync(`/proc/${kedge.process.pid}/io`, 'utf8');
  return Number(/^rchar: (\d+)$/m.exec(io)?.[1]);
}

test('exactly what was granted comes, in order, and equals the archive', async () => {
  using session = await openRawSession(kedge.socket);
  const stream = await openDownload(session, 1_000);
  session.peer.notify(transferCredit.name, { stream, bytes: mebibyte + 5 });
  await until(() => session.frames.length === 5);
  await session.peer.request(snapshotGet.name, {});
  const frames = session.frames.map((frame) => decodeFrame(frame));
  const offsets = frames.map((frame) => (frame?.offset ?? 0) - 1_000);
  expect(offsets).toEqual([0, 1, 2, 3, 4].map((nth) => nth * maxPayloadBytes));
  const came = Buffer.concat(frames.map((frame) => frame?.bytes ?? Buffer.alloc(0)));
  expect(came.equals(readFileSync(backup.path).subarray(1_000, 1_005 + mebibyte))).toBe(true);
});

test('more credit than a window is not counted', async () => {
  using session = await openRawSession(kedge.socket);
  const stream = await openDownload(session);
  session.socket.pause();
  const before = bytesRead();
  for (const _ of [1, 2, 3])
    session.peer.notify(transferCredit.name, { stream, bytes: windowBytes });
  using other = await openSession(kedge.socket);
  await until(() => bytesRead() > before + maxPayloadBytes);
  await other.call(snapshotGet, {});
  session.socket.resume();
  const inWindow = windowBytes / maxPayloadBytes;
  await until(() => session.frames.length >= inWindow);
  await session.peer.request(snapshotGet.name, {});
  // Two frames may have left before the later grants came in.
  expect(session.frames.length).toBeLessThanOrEqual(inWindow + 2);
});

test('for a reader that does not read Kedge holds no more than a frame of each stream', async () => {
  using session = await openRawSession(kedge.socket);
  const streams = [await openDownload(session), await openDownload(session)];
  session.socket.pause();
  const readBefore = bytesRead();
  for (const stream of streams)
    session.peer.notify(transferCredit.name, { stream, bytes: windowBytes });
  await until(() => bytesRead() > readBefore + 2 * maxPayloadBytes);
  using other = await openSession(kedge.socket);
  for (const _ of Array(20)) await other.call(snapshotGet, {});
  // The kernel's socket buffer took some 200 KiB; of what was read the rest waits in the daemon.
  expect(bytesRead() - readBefore).toBeLessThan(4 * maxPayloadBytes);
});

test('a backup that is being downloaded is not deleted, afterwards it may be', async () => {
  using session = await openRawSession(kedge.socket);
  using other = await openSession(kedge.socket);
  const stream = await openDownload(session);
  const remove = other.call(backupDelete, {
    requestId: randomUUID(),
    backup: backup.id,
    confirmation: 'x',
  });
  await expect(remove).rejects.toMatchObject({ failure: { code: 'confirmation-wrong' } });
  const confirmed = { backup: backup.id, confirmation: backup.path.split('/').at(-1) ?? '' };
  const refused = other.call(backupDelete, { requestId: randomUUID(), ...confirmed });
  await expect(refused).rejects.toMatchObject({ failure: { code: 'busy' } });
  await session.peer.request(transferFinishDownload.name, { stream });
  const again = session.peer.request(transferFinishDownload.name, { stream });
  await expect(again).rejects.toMatchObject({ failure: { code: 'not-found' } });
});

test('a connection has a bounded number of streams, and one that ended makes room', async () => {
  using session = await openRawSession(kedge.socket);
  const streams: number[] = [];
  for (let nth = 0; nth < maxStreams; nth += 1) streams.push(await openDownload(session));
  await expect(openDownload(session)).rejects.toMatchObject({ failure: { code: 'busy' } });
  await session.peer.request(transferFinishDownload.name, { stream: streams[0] });
  await openDownload(session);
});

test('an offset behind the end is refused', async () => {
  using session = await openRawSession(kedge.socket);
  const late = openDownload(session, backup.sizeBytes + 1);
  await expect(late).rejects.toMatchObject({ failure: { code: 'bad-argument' } });
});

test('a binary frame before a session is open closes the connection', async () => {
  const socket = new WebSocket(`ws+unix:${kedge.socket}:/`);
  await once(socket, 'open');
  socket.send(frameOf(1, 0, 10));
  const [code, reason] = await once(socket, 'close');
  expect([code, String(reason)]).toEqual([1008, 'open a session first']);
});

test.each<[string, (session: RawSession) => Promise<Uint8Array> | Uint8Array, RegExp]>([
  ['on a stream that was never opened', () => frameOf(77, 0, 10), /stream 77 takes no bytes/],
  [
    'on a download',
    async (session) => frameOf(await openDownload(session), 0, 10),
    /takes no bytes/,
  ],
  ['that is too short', () => Buffer.alloc(12), /not a frame/],
  ['that is too long', () => Buffer.alloc(13 + maxPayloadBytes), /not a frame/],
  [
    'that leaves a hole',
    async (session) => frameOf((await openUpload(session)).stream, 5, 10),
    /byte 5 came where byte 0 was due/,
  ],
  [
    'past the announced size',
    async (session) => frameOf((await openUpload(session, { sizeBytes: 9 })).stream, 0, 10),
    /more came than was announced/,
  ],
])('a frame %s closes its connection, others live', async (_what, make, expected) => {
  using session = await openRawSession(kedge.socket);
  session.socket.send(await make(session));
  const [code, reason] = await session.closed;
  expect(code).toBe(1008);
  expect(reason).toMatch(expected);
  using other = await openSession(kedge.socket);
  await other.call(snapshotGet, {});
});

test('credit comes back as bytes are written, and what was written is where an upload goes on', async () => {
  const key = 'ab'.repeat(16);
  {
    using session = await openRawSession(kedge.socket);
    const { stream, offset } = await openUpload(session, { key });
    expect(offset).toBe(0);
    for (const nth of [0, 1, 2])
      session.socket.send(frameOf(stream, nth * maxPayloadBytes, maxPayloadBytes));
    const granted = (): number =>
      session.notices.filter(({ method }) => method === transferCredit.name).length;
    await until(() => granted() === 3);
    const params = { requestId: randomUUID(), stream, sha256: '0'.repeat(64) };
    const early = session.peer.request(transferFinishUpload.name, params);
    await expect(early).rejects.toMatchObject({ failure: { code: 'bad-argument' } });
  }
  using session = await openRawSession(kedge.socket);
  expect((await openUpload(session, { key })).offset).toBe(3 * maxPayloadBytes);
  using third = await openRawSession(kedge.socket);
  expect((await openUpload(third, { key })).offset).toBe(3 * maxPayloadBytes);
  // The one that had it before is told, and what it still sends does no harm.
  await until(() => session.notices.some(({ method }) => method === 'transfer.failed'));
});

test('an upload that can never fit is refused before anything is written', async () => {
  using session = await openRawSession(kedge.socket);
  const before = namesIn(app.store);
  const huge = openUpload(session, { sizeBytes: 2 ** 50 });
  await expect(huge).rejects.toMatchObject({
    failure: { code: 'no-space', params: { path: app.store } },
  });
  expect(namesIn(app.store)).toEqual(before);
});

test('an upload to a destination that is not configured is refused', async () => {
  using session = await openRawSession(kedge.socket);
  const lost = openUpload(session, { store: 'nowhere' });
  await expect(lost).rejects.toMatchObject({ failure: { code: 'destination-unknown' } });
});

test('a name can lead nowhere but into the destination', async () => {
  using session = await openRawSession(kedge.socket);
  await openUpload(session, { name: '../../../../etc/evil' });
  expect(namesIn(app.store).every((name) => !name.includes('evil'))).toBe(true);
  expect(namesIn(join(app.store, '..'))).not.toContain('evil');
});
