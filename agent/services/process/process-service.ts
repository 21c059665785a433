import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import { makeFolder } from '../../os/files.ts';
import { bootId, isAlive } from '../../os/process-identity.ts';
import { hasEnvironment, sessionMembers } from '../../os/process-session.ts';
import type { LogPage, ManagedService, ManagerContext, ManagerStatus } from '../manager.ts';
import type { ProcessServiceSettings } from '../settings.ts';
import { withUsage } from '../usage-board.ts';
import { followFile } from './follow-file.ts';
import { launchService } from './launch.ts';
import { type ProcessRecord, readRecord, writeRecord } from './process-record.ts';
import { instanceMark } from './service-environment.ts';
import { keepLogBounded, lastLogLine, tailLog } from './service-log.ts';

export function openProcessService(
  id: string,
  settings: ProcessServiceSettings,
  context: ManagerContext,
): ManagedService {
  return new ProcessService(id, settings, context);
}

/** A command run detached from the daemon, known again by pid, start ticks and boot id. */
class ProcessService implements ManagedService {
  readonly #id: string;
  readonly #settings: ProcessServiceSettings;
  readonly #context: ManagerContext;
  readonly #folder: string;
  #record: ProcessRecord | undefined;
  #launches = 0;
  /** Ours, when this daemon started it: its exit code is known. */
  #child: { readonly instance: string; readonly exited: Promise<string> } | undefined;
  #emptied = { instance: '', looks: 0 };

  constructor(id: string, settings: ProcessServiceSettings, context: ManagerContext) {
    this.#id = id;
    this.#settings = settings;
    this.#context = context;
    this.#folder = join(context.stateFolder, 'services');
  }

  async status(): Promise<ManagerStatus> {
    const record = await this.#load();
    if (record === undefined) return { kind: 'stopped', detail: 'not started' };
    if (isAlive(record)) {
      const { pid, instance, startedAtMs } = record;
      const running = { kind: 'running', pid, incarnation: instance, startedAtMs } as const;
      return await withUsage(running, this.#context);
    }
    if (record.bootId !== bootId())
      return { kind: 'stopped', detail: 'not started since the machine was booted' };
    if (record.stopRequested === true) return this.#stopped(record);
    return { kind: 'failed', detail: await this.#describeEnd(record) };
  }

  async requestStart(signal: AbortSignal): Promise<void> {
    const record = await this.#load();
    if (record !== undefined && isAlive(record)) return await this.#keepRunning(record);
    this.#refuseRemains(record);
    await makeFolder(this.#folder);
    const { isGuarded } = this.#context;
    const paths = { recordPath: this.#recordPath, logPath: this.#logPath };
    const launch = { id: this.#id, settings: this.#settings, isGuarded, ...paths };
    this.#record = undefined;
    const child = await launchService(launch, signal);
    this.#launches += 1;
    const started = await readRecord(this.#recordPath);
    this.#record = started;
    if (started !== undefined) this.#follow(child, started.instance);
  }

  async requestStop(): Promise<void> {
    const record = await this.#load();
    if (record === undefined) return;
    if (record.stopRequested !== true) await this.#remember({ ...record, stopRequested: true });
    this.#signal(record, 'SIGTERM');
    // A process held by SIGSTOP gets the SIGTERM only when it goes on.
    this.#signal(record, 'SIGCONT');
  }

  async kill(): Promise<void> {
    const record = await this.#load();
    if (record !== undefined) this.#signal(record, 'SIGKILL');
  }

  async interrupt(): Promise<void> {
    const record = await this.#load();
    if (record !== undefined && isAlive(record)) this.#signal(record, 'SIGINT');
  }

  async logs(lines: number): Promise<readonly string[]> {
    return await tailLog(this.#logPath, lines);
  }

  async logAfter(cursor: string | undefined, lines: number): Promise<LogPage> {
    return await followFile(this.#logPath, cursor, lines);
  }

  async maintain(): Promise<void> {
    await keepLogBounded(this.#logPath);
  }

  /** Nothing to end: the service outlives the daemon. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child = undefined;
  }

  get #recordPath(): string {
    return join(this.#folder, `${this.#id}.json`);
  }

  get #logPath(): string {
    return join(this.#folder, `${this.#id}.log`);
  }

  async #load(): Promise<ProcessRecord | undefined> {
    if (this.#record !== undefined) return this.#record;
    const launch = this.#launches;
    const record = await readRecord(this.#recordPath);
    // A look that began before a launch must not put the record of the one before in its place.
    if (launch === this.#launches) this.#record ??= record;
    return this.#record ?? record;
  }

  async #remember(record: ProcessRecord): Promise<void> {
    await writeRecord(this.#recordPath, record);
    this.#record = record;
  }

  /** A stop that did not come true and was followed by a start. */
  async #keepRunning({ stopRequested, ...record }: ProcessRecord): Promise<void> {
    if (stopRequested === true) await this.#remember(record);
  }

  #follow(child: ChildProcess, instance: string): void {
    const { promise, resolve } = Promise.withResolvers<string>();
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      resolve(code === null ? `killed by ${signal}` : `exit ${code}`);
      this.#context.changed();
    };
    if (child.exitCode === null && child.signalCode === null) child.once('exit', end);
    else end(child.exitCode, child.signalCode);
    this.#child = { instance, exited: promise };
  }

  #stopped(record: ProcessRecord): ManagerStatus {
    const [pid, ...more] = this.#remains(record);
    if (pid === undefined) return { kind: 'stopped', detail: 'stopped' };
    const detail = `${more.length + 1} of its processes are still there`;
    return { kind: 'stopping', detail, pid };
  }

  async #describeEnd(record: ProcessRecord): Promise<string> {
    const how = await this.#exitOf(record);
    const line = await lastLogLine(this.#logPath);
    if (line === '') return how;
    // What it said last is why it left by itself, but not why somebody killed it.
    return how.startsWith('exit') ? `${how}: ${line}` : `${how}; last line: ${line}`;
  }

  /** "gone" where another daemon was its parent: only a parent is told the exit code. */
  async #exitOf(record: ProcessRecord): Promise<string> {
    if (this.#child?.instance !== record.instance) return 'gone';
    // It is dead, but the event loop may not have heard of it yet.
    return await Promise.race([this.#child.exited, wait(1000, 'gone', { ref: false })]);
  }

  /**
   * Processes of this start that outlived its first one. A session number may be given again once its
   * session is empty, so each must also carry the mark of the start. A process has no environment for a
   * moment while it execs: only two empty looks in a row are believed for good.
   */
  #remains({ pid: session, instance, bootId: boot }: ProcessRecord): readonly number[] {
    const looks = this.#emptied.instance === instance ? this.#emptied.looks : 0;
    if (looks >= 2 || boot !== bootId()) return [];
    const mark = instanceMark(instance);
    const pids = sessionMembers(session).filter((pid) => hasEnvironment(pid, mark));
    this.#emptied = { instance, looks: pids.length === 0 ? looks + 1 : 0 };
    return pids;
  }

  #refuseRemains(record: ProcessRecord | undefined): void {
    const pids = record === undefined ? [] : this.#remains(record);
    if (pids.length === 0) return;
    const why = `processes ${pids.join(', ')} of its last run are still there: stop or reset it`;
    throw new KedgeError('service-start-failed', { service: this.#id, why });
  }

  #signal(record: ProcessRecord, signal: NodeJS.Signals): void {
    const targets = isAlive(record) ? [-record.pid] : this.#remains(record);
    for (const target of targets) sendSignal(target, signal);
  }
}

function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    // Gone since it was looked up: that is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
