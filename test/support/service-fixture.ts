import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifyProcess, isAlive } from '../../agent/os/process-identity.ts';
import { hasEnvironment, sessionMembers } from '../../agent/os/process-session.ts';
import { ProcessRecord } from '../../agent/services/process/process-record.ts';
import { instanceMark } from '../../agent/services/process/service-environment.ts';
import type { ProcessServiceSettings, ServiceSettings } from '../../agent/services/settings.ts';
import { type ServiceSupervisor, superviseServices } from '../../agent/services/supervise.ts';
import { builtProgram } from './programs.ts';
import { until } from './until.ts';

/** Settings of a fake service, with times short enough for tests. */
export function fakeService(
  mode: string,
  changes: Partial<ProcessServiceSettings> = {},
): ProcessServiceSettings {
  const [kind = '', ...rest] = mode.split(' ');
  return {
    manager: 'process',
    role: 'host',
    command: [process.execPath, builtProgram('fake-service'), kind, ...rest],
    // Node may need longer than 0.2 s to come to its end; the wait itself is over when it has.
    stableSeconds: kind === 'failing' ? 10 : 0.2,
    startTimeoutSeconds: 10,
    stopTimeoutSeconds: 5,
    ...changes,
  };
}

/** A state folder and supervisors on it; on disposal every session that a record names is killed. */
export class ServiceFixture implements AsyncDisposable {
  readonly stateFolder = mkdtempSync(join(tmpdir(), 'kedge-services-'));
  readonly logged: string[] = [];
  guarded = false;
  changes = 0;
  readonly #stop = new AbortController();
  readonly #supervisors: ServiceSupervisor[] = [];
  readonly #started = new Map<string, ProcessRecord>();

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  supervise(services: Record<string, ServiceSettings>): ServiceSupervisor {
    const supervisor = superviseServices({
      services,
      stateFolder: this.stateFolder,
      isGuarded: () => this.guarded,
      onChange: () => {
        this.changes += 1;
        this.noteProcesses();
      },
      log: (level, text) => this.logged.push(`${level}: ${text}`),
      signal: this.signal,
    });
    this.#supervisors.push(supervisor);
    return supervisor;
  }

  /** Remembers which sessions to end, as a record is overwritten by the next start. */
  noteProcesses(): void {
    const folder = join(this.stateFolder, 'services');
    for (const name of namesIn(folder).filter((found) => /^[^.]+\.json$/.test(found))) {
      const record = recordAt(join(folder, name));
      this.#started.set(record.instance, record);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.noteProcesses();
    for (const supervisor of this.#supervisors) await supervisor[Symbol.asyncDispose]();
    this.#stop.abort();
    this.noteProcesses();
    await until(() => this.#killAll());
    rmSync(this.stateFolder, { recursive: true, force: true });
  }

  /** True once none was left to kill. */
  #killAll(): boolean {
    return [...this.#started.values()].filter(killMembers).length === 0;
  }
}

function killMembers(record: ProcessRecord): boolean {
  const targets = isAlive(record) ? [-record.pid] : membersOf(record);
  for (const target of targets) killIfThere(target);
  return targets.length > 0;
}

function killIfThere(target: number): void {
  try {
    process.kill(target, 'SIGKILL');
  } catch {
    // Ended between the look and the kill.
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export function recordAt(path: string): ProcessRecord {
  return ProcessRecord.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Living processes of one start of a service; the mark keeps a test from killing anything else. */
export function membersOf({ pid, instance }: ProcessRecord): readonly number[] {
  return sessionMembers(pid).filter((member) => hasEnvironment(member, instanceMark(instance)));
}

export function isRunning(pid: number): boolean {
  return identifyProcess(pid) !== undefined;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const address = server.address();
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  await closed.promise;
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** What may be said of how long a stop since `began` was waited for: its deadline, or whole seconds past it. */
export function secondsOfStop(deadline: number, began: number): readonly number[] {
  const most = Math.floor((performance.now() - began) / 1000);
  const whole = Array.from({ length: most }, (_, at) => at + 1);
  return [deadline, ...whole.filter((seconds) => seconds > deadline)];
}
