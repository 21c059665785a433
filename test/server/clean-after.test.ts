import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Config } from '../../agent/config/config.ts';
import { JobOrder } from '../../agent/jobs/job-order.ts';
import { cleanAfterSafely } from '../../agent/server/clean-after.ts';
import { settleOrphans } from '../../agent/server/recover-at-start.ts';
import { openState } from '../../agent/state/state.ts';
import type { JobState } from '../../protocol/domain/job.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** Takes connections and says nothing. */
async function startMute() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return { port, sockets, [Symbol.dispose]: () => void server.close() };
}

function configWith({ port }: { readonly port: number }): Config {
  const source = { engine: 'mariadb', host: '127.0.0.1', port, user: 'kedge', database: 'clinic' };
  return Config.parse({
    application: { id: 'clinic', name: 'Clinic' },
    sources: { one: source, two: { ...source, database: 'other' } },
    stores: {},
  });
}

const undo = JobOrder.parse({ kind: 'undo', undo: 'one', newUndoId: 'two' });

test('after a job that died all servers are asked at once, and none where it asked no source', async () => {
  using mute = await startMute();
  const config = configWith(mute);
  const logged: string[] = [];
  const daemon = {
    places: { state: temporaryFolder() },
    configFile: { inForce: () => config },
    state: { installation: 'here' },
    log: { write: (_level: string, text: string) => logged.push(text) },
  } as never;
  const verify = JobOrder.parse({ kind: 'verify', path: join('/', 'backups', 'one') });
  await cleanAfterSafely(daemon, 1, verify);
  expect(mute.sockets.length).toBe(0);
  const cleaning = cleanAfterSafely(daemon, 2, undo);
  await until(() => mute.sockets.length === 2);
  for (const socket of mute.sockets) socket.destroy();
  await cleaning;
  expect(logged).toEqual([expect.stringContaining('after job 2: ')]);
});

test('at the start all jobs that died are cleaned after at once, and each is told after that, in turn', async () => {
  using mute = await startMute();
  const config = configWith(mute);
  const folder = temporaryFolder();
  using state = openState(join(folder, 'state.sqlite'));
  const asked = {
    kind: 'undo',
    title: 'undo',
    command: '',
    origin: 'manual',
    order: undo,
  } as const;
  const ids = [1, 2, 3].map(() => state.jobs.add(asked, 1).id);
  const recovered: string[] = [];
  const daemon = {
    places: { state: folder },
    configFile: { inForce: () => config },
    state,
    jobs: { ended: (id: number, end: JobState) => state.jobs.finished(id, 2, end) },
    log: { write: () => undefined },
    overview: { recovered },
    now: () => 2,
  } as never;
  const settling = settleOrphans(daemon);
  await until(() => mute.sockets.length === 6);
  expect(state.jobs.unfinished().length).toBe(3);
  for (const socket of mute.sockets) socket.destroy();
  await settling;
  expect(recovered).toEqual(
    ids.map((id) => `undo (job ${id}) was interrupted: Kedge stopped while it ran`),
  );
  expect(state.jobs.unfinished()).toEqual([]);
});
