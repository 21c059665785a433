import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configGet, configSet } from '../../protocol/methods/config.ts';
import { schedulePreview } from '../../protocol/methods/schedule.ts';
import { sessionOpen, snapshotGet } from '../../protocol/methods/session.ts';
import { openSession, type RunningKedge, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const folder = tempFolder();
const at = (name: string): string => join(folder.path, name);
const about = { version: 1, capabilities: [], client: 'test' };
let kedge: RunningKedge;
let admin: Session;

beforeAll(async () => {
  const doors = { viewers: { socket: at('one.sock') }, operators: { socket: at('two.sock') } };
  const app = await makeSmallApplication(folder.path, doors);
  kedge = await startKedge(app.home);
  admin = await openSession(kedge.socket);
  await until(() => existsSync(at('one.sock')) && existsSync(at('two.sock')));
});

afterAll(async () => {
  await kedge.stop();
  folder[Symbol.dispose]();
});

async function configure(change: object): Promise<void> {
  const { text, revision } = await admin.call(configGet, {});
  const next = JSON.stringify({ ...JSON.parse(text), ...change });
  await admin.call(configSet, { requestId: randomUUID(), text: next, revision });
}

async function roleAt(name: string): Promise<string | undefined> {
  try {
    using session = await openSession(at(name));
    return (await session.call(sessionOpen, about)).role;
  } catch {
    return undefined;
  }
}

test('a viewer can not keep Kedge busy with the preview of a schedule', async () => {
  using viewer = await openSession(at('one.sock'));
  const settings = {
    full: { every: 'day', at: '02:00' },
    store: 'local',
    zone: 'UTC',
    blackout: Array.from({ length: 20_000 }, () => ({ from: '00:00', to: '01:00' })),
  } as const;
  await expect(viewer.call(schedulePreview, { settings })).rejects.toThrow('blackout');
});

test('a socket takes so many connections and no more, and the others are as free as before', async () => {
  const ended: Socket[] = [];
  const all = Array.from({ length: 200 }, () => connect(at('one.sock')));
  for (const socket of all) {
    socket.on('error', () => undefined);
    socket.on('close', () => ended.push(socket));
  }
  await until(() => ended.length >= 200 - 96);
  expect((await admin.call(snapshotGet, {})).application?.id).toBe('shop');
  expect(await roleAt('two.sock')).toBe('operator');
  for (const socket of all) socket.destroy();
});

test('viewers and operators may be given the sockets of one another', async () => {
  await configure({ viewers: { socket: at('two.sock') }, operators: { socket: at('one.sock') } });
  await expect
    .poll(async () => [await roleAt('one.sock'), await roleAt('two.sock')])
    .toEqual(['operator', 'viewer']);
});

test("a socket at which somebody else listens stays theirs, Kedge's own by another name too", async () => {
  const other = createServer().listen(at('other.sock'));
  await once(other, 'listening');
  await configure({
    viewers: { socket: at('other.sock') },
    operators: { socket: `${folder.path}/kedge/../kedge/kedge.sock` },
  });
  await expect
    .poll(async () => (await admin.call(snapshotGet, {})).problems.map(({ text }) => text))
    .toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^viewers can't come to .* somebody listens at/),
        expect.stringMatching(/^operators can't come to .* somebody listens at/),
      ]),
    );
  const socket = connect(at('other.sock'));
  await once(socket, 'connect');
  socket.destroy();
  other.close();
  using again = await openSession(kedge.socket);
  expect((await again.call(sessionOpen, about)).role).toBe('admin');
});
