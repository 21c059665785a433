import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { isFinished } from '../../protocol/domain/job.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { jobList, jobShow } from '../../protocol/methods/job.ts';
import { restorePlan, restoreRun } from '../../protocol/methods/restore.ts';
import { openSession, type RunningKedge, type Session, startKedge } from '../support/kedge.ts';
import { testWith } from '../support/require-tool.ts';
import { fakeService } from '../support/service-fixture.ts';
import {
  countOrders,
  deleteOrders,
  makeSmallApplication,
  type SmallApplication,
} from '../support/small-application.ts';
import { strike } from '../support/strike.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openTerminal, type Terminal } from '../support/tmux.ts';
import { until } from '../support/until.ts';

const kedgeProgram = fileURLToPath(new URL('../../tui/kedge', import.meta.url));
const relayProgram = fileURLToPath(new URL('../support/socket-relay.ts', import.meta.url));
const requestId = (): string => randomUUID();

const command = ['/bin/sleep', '86400'];
const quick = { autoStart: true, stopWithAgent: true, stableSeconds: 0.1, command };

/** Whom the Host is asked by whether it is well: while it is not, no restore comes to its end. */
interface Gate extends AsyncDisposable {
  readonly url: string;
  open(isOpen: boolean): void;
}

async function startGate(): Promise<Gate> {
  let status = 200;
  const server = createServer((_, response) => void response.writeHead(status).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`,
    open: (isOpen) => {
      status = isOpen ? 200 : 503;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function servicesBehind({ url }: Gate) {
  const probes = [{ kind: 'http' as const, url }];
  const host = { role: 'host' as const, dependsOn: ['database'], startTimeoutSeconds: 170, probes };
  return {
    database: fakeService('obedient', { ...quick, role: 'database' }),
    host: fakeService('obedient', { ...quick, ...host }),
  };
}

/** As `ssh -L`: a process between the client and Kedge's socket. */
async function startRelay(target: string, socket: string): Promise<ChildProcess> {
  const relay = spawn(process.execPath, [relayProgram, target, socket], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(relay.stdout, 'data');
  return relay;
}

async function openClient(folder: string, socket: string): Promise<Terminal> {
  return await openTerminal({
    columns: 120,
    rows: 40,
    environment: { XDG_STATE_HOME: folder, XDG_CONFIG_HOME: folder, LANG: 'C.UTF-8' },
    command: ['sh', kedgeProgram, '--socket', socket],
  });
}

async function idle(session: Session): Promise<void> {
  await until(
    async () => (await session.call(jobList, { offset: 0, limit: 50 })).jobs.every(isFinished),
    60_000,
  );
}

/** Takes a backup, lets 500 orders be lost, and plans to bring them back. */
async function prepare(session: Session, app: SmallApplication): Promise<string> {
  const { job } = await session.call(backupCreate, { requestId: requestId() });
  const { state } = await session.ended(job);
  if (state.kind !== 'done' || state.result.kind !== 'backup') throw new Error(state.kind);
  await idle(session);
  deleteOrders(app.database, 500);
  const backup = { kind: 'id', id: state.result.backup.id } as const;
  const asked = await session.call(restorePlan, { requestId: requestId(), backup });
  const planned = (await session.ended(asked.job)).state;
  if (planned.kind !== 'done' || planned.result.kind !== 'plan') throw new Error(planned.kind);
  return planned.result.plan.id;
}

async function beginRestore(session: Session, plan: string): Promise<number> {
  const request = { requestId: requestId(), plan, confirmation: 'Shop' };
  return (await session.call(restoreRun, request)).job;
}

/** Waits until the journal of the job holds a record of this kind. */
async function reached(app: SmallApplication, job: number, kind: string): Promise<void> {
  const path = join(app.home, 'state', 'journal', `${job}.jsonl`);
  await until(() => existsSync(path) && readFileSync(path, 'utf8').includes(`"kind":"${kind}"`));
}

async function begin(
  folder: string,
  gate: Gate,
): Promise<{ app: SmallApplication; kedge: RunningKedge }> {
  const app = await makeSmallApplication(folder, { services: servicesBehind(gate) });
  mkdirSync(join(app.home, 'state', 'journal'), { recursive: true });
  return { app, kedge: await startKedge(app.home) };
}

testWith('tmux')(
  'a client and the connection below it die in mid-restore: who comes back lands on it as it runs, and on its end',
  async () => {
    using folder = tempFolder();
    await using gate = await startGate();
    const { app, kedge } = await begin(folder.path, gate);
    await using _kedge = kedge;
    using session = await openSession(kedge.socket);
    const plan = await prepare(session, app);
    const socket = join(folder.path, 'relay.sock');
    let relay = await startRelay(kedge.socket, socket);
    try {
      await using watched = await openClient(folder.path, socket);
      await watched.shows('Shop');
      gate.open(false);
      const job = await beginRestore(session, plan);
      await watched.shows(/restore of shop/);
      await reached(app, job, 'swapped');

      relay.kill('SIGKILL');
      await watched.shows(/not reachable|[Rr]econnect/);
      relay = await startRelay(kedge.socket, socket);
      await watched.shows(/Kedge ok/);
      await watched.shows(/restore of shop/);
      await watched.kill();
      await using again = await openClient(folder.path, socket);
      await again.shows(/restore of shop/);
      // The client is back while it still runs.
      expect((await session.call(jobShow, { job })).job.state.kind).toBe('running');
      gate.open(true);
      expect((await session.ended(job)).state.kind).toBe('done');
      expect(countOrders(app.database)).toBe(2_000);
      await again.shows(/restore of shop.* restored .*down for \d+/);
    } finally {
      relay.kill('SIGKILL');
    }
  },
  180_000,
);

testWith('tmux')(
  'Kedge itself dies in mid-restore: the client that waits says first what became of it',
  async () => {
    using folder = tempFolder();
    await using gate = await startGate();
    const { app, kedge } = await begin(folder.path, gate);
    await using _first = kedge;
    let plan: string;
    {
      using session = await openSession(kedge.socket);
      plan = await prepare(session, app);
    }
    await using client = await openClient(folder.path, kedge.socket);
    await client.shows('Shop');
    using session = await openSession(kedge.socket);
    gate.open(false);
    const job = await beginRestore(session, plan);
    await reached(app, job, 'swap');
    strike('both', kedge);
    gate.open(true);
    await client.shows(/not reachable|[Rr]econnect/);

    await using next = await startKedge(app.home);
    await client.shows(/Put right at the last start:[\s\S]*was interrupted[\s\S]*recovery of job/);
    await client.shows('Kedge ok');
    using after = await openSession(next.socket);
    await idle(after);
    expect([1_500, 2_000]).toContain(countOrders(app.database));
    expect(
      readdirSync(join(app.home, '..', 'app'))
        .sort()
        .join(),
    ).not.toContain('.kedge-');
  },
  180_000,
);
