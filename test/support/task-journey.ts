import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { initStore } from '../../agent/stores/stores.ts';
import { isFinished } from '../../protocol/domain/job.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { jobList } from '../../protocol/methods/job.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { openSession, type RunningKedge, type Session, startKedge } from './kedge.ts';
import { fakeService, recordAt } from './service-fixture.ts';
import { makeSmallApplication, type SmallApplication } from './small-application.ts';
import type { Terminal } from './tmux.ts';
import { until } from './until.ts';

export const kedgeProgram = fileURLToPath(new URL('../../tui/kedge', import.meta.url));

/** A shop with two destinations and three services, its Kedge, and what looks at it from outside. */
export interface TaskJourney extends AsyncDisposable {
  readonly app: SmallApplication;
  readonly usb: string;
  readonly downloads: string;
  readonly folder: string;
  readonly kedge: RunningKedge;
  readonly session: Session;
  /** No job is at work. */
  idle(): Promise<void>;
  /** The Host was killed, and a backup failed since its drive was gone; both may be cured. */
  hostDies(): Promise<void>;
  healthy(): Promise<boolean>;
}

const quick = {
  autoStart: true,
  stopWithAgent: true,
  stableSeconds: 0.1,
  command: ['/bin/sleep', '86400'],
};
const services = {
  database: fakeService('obedient', { ...quick, role: 'database' }),
  host: fakeService('obedient', { ...quick, role: 'host', dependsOn: ['database'] }),
  agent: fakeService('obedient', { ...quick, role: 'agent', dependsOn: ['host'] }),
};

export async function startTaskJourney(folder: string): Promise<TaskJourney> {
  const usb = join(folder, 'usb');
  const downloads = join(folder, 'downloads');
  mkdirSync(downloads);
  mkdirSync(usb);
  const app = await makeSmallApplication(folder, {
    services,
    stores: {
      local: { kind: 'local', path: join(folder, 'backups') },
      usb: { kind: 'local', path: usb },
    },
  });
  await initStore('usb', { kind: 'local', path: usb });
  const kedge = await startKedge(app.home);
  const session = await openSession(kedge.socket);
  const idle = async (): Promise<void> =>
    await until(
      async () => (await session.call(jobList, { offset: 0, limit: 50 })).jobs.every(isFinished),
      60_000,
    );
  const healthy = async (): Promise<boolean> =>
    (await session.call(snapshotGet, {})).services.every(({ health }) => health === 'healthy');
  await until(healthy, 60_000);
  return {
    ...{ app, usb, downloads, folder, kedge, session, idle, healthy },
    async hostDies() {
      renameSync(usb, `${usb}.away`);
      const request = {
        requestId: randomUUID(),
        destination: { kind: 'store', store: 'usb' },
      } as const;
      const { job } = await session.call(backupCreate, request);
      await session.ended(job);
      renameSync(`${usb}.away`, usb);
      process.kill(recordAt(join(app.home, 'state', 'services', 'host.json')).pid, 'SIGKILL');
      await until(async () => !(await healthy()), 60_000);
    },
    async [Symbol.asyncDispose]() {
      session[Symbol.dispose]();
      await kedge[Symbol.asyncDispose]();
    },
  };
}

/** What a person had to do. A text is counted as one, whatever its length. */
export interface Effort {
  keys: number;
  clicks: number;
  texts: number;
}

/** The same terminal, counting. */
export function counting(terminal: Terminal): { terminal: Terminal; taken: () => Effort } {
  let effort: Effort = { keys: 0, clicks: 0, texts: 0 };
  return {
    terminal: {
      ...terminal,
      async press(...keys) {
        effort.keys += keys.length;
        await terminal.press(...keys);
      },
      async type(words) {
        effort.texts += 1;
        await terminal.type(words);
      },
      async click(words, button) {
        effort.clicks += 1;
        await terminal.click(words, button);
      },
    },
    taken() {
      const now = effort;
      effort = { keys: 0, clicks: 0, texts: 0 };
      return now;
    },
  };
}

export interface Told {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** One command line, as a person types it. */
export async function shell(folder: string, home: string, line: string): Promise<Told> {
  const child = spawn('bash', ['-c', `kedge() { sh '${kedgeProgram}' "$@"; }; ${line}`], {
    cwd: folder,
    env: { ...process.env, KEDGE_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code, out, err };
}
