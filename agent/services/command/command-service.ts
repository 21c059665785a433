import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { identifyProcess } from '../../os/process-identity.ts';
import type { LogPage, ManagedService, ManagerContext, ManagerStatus } from '../manager.ts';
import { followFile } from '../process/follow-file.ts';
import { serviceEnvironment } from '../process/service-environment.ts';
import { keepLogBounded, lastLogLine, tailLog } from '../process/service-log.ts';
import { limitsOf } from '../service-limits.ts';
import type { CommandServiceSettings } from '../settings.ts';
import { withUsage } from '../usage-board.ts';
import { type Action, act, type Verb } from './act.ts';
import {
  type CommandRecord,
  newRun,
  readCommandRecord,
  writeCommandRecord,
} from './command-record.ts';
import { type ArgvEnd, lastWords, runArgv } from './run-argv.ts';

export function openCommandService(
  id: string,
  settings: CommandServiceSettings,
  context: ManagerContext,
): ManagedService {
  return new CommandService(id, settings, context);
}

/** An init script answers within a second. */
const askMs = 10_000;

/** A service with a start, a stop and a status command, as an init script has them. */
class CommandService implements ManagedService {
  readonly #id: string;
  readonly #settings: CommandServiceSettings;
  readonly #context: ManagerContext;
  readonly #recordPath: string;
  readonly #logPath: string;
  #record: CommandRecord | undefined;
  #action: Action | undefined;
  /** How the last start command ended, where not well. */
  #startEnd = '';
  #seenDown = false;
  /** It was seen down after a stop that was asked for, and then up. */
  #cameBack = false;

  constructor(id: string, settings: CommandServiceSettings, context: ManagerContext) {
    this.#id = id;
    this.#settings = settings;
    this.#context = context;
    this.#recordPath = join(context.stateFolder, 'services', `${id}.command.json`);
    this.#logPath = join(context.stateFolder, 'services', `${id}.log`);
  }

  get canKill(): boolean {
    return this.#settings.kill !== undefined;
  }

  async status(signal: AbortSignal): Promise<ManagerStatus> {
    const record = await this.#load();
    const end = await this.#ask(this.#settings.status, signal);
    const words = lastWords(end);
    switch (end.code) {
      case 0:
        return await this.#up(record);
      case 1:
      case 2:
      case 3:
        return await this.#down(record, end.code, words);
      default: {
        const how = end.problem ?? `exit ${end.code}`;
        return { kind: 'unknown', detail: `its status command: ${withWords(how, words)}` };
      }
    }
  }

  async requestStart(signal: AbortSignal): Promise<void> {
    this.#refuseGuarded();
    const { kind } = await this.status(signal);
    const record = await this.#load();
    this.#cameBack = false;
    if (kind === 'starting' || kind === 'running') {
      if (record?.wanted === 'down') await this.#remember({ ...record, wanted: 'up' });
      return;
    }
    // Again: a status command may take seconds.
    this.#refuseGuarded();
    await this.#remember(newRun());
    this.#startEnd = '';
    this.#seenDown = false;
    const action = await this.#act('start', this.#settings.start, limitsOf(this.#settings).startMs);
    void action.ended.then((how) => {
      this.#startEnd = how;
    });
  }

  async requestStop(): Promise<void> {
    const record = await this.#load();
    await this.#remember({ ...(record ?? newRun()), wanted: 'down' });
    this.#cameBack = false;
    const { signal } = new AbortController();
    // 1 and 2, dead: what it left behind is for its stop command to clear away.
    if ((await this.#ask(this.#settings.status, signal)).code === 3) return;
    await this.#act('stop', this.#settings.stop, limitsOf(this.#settings).stopMs);
  }

  async kill(): Promise<void> {
    const { kill } = this.#settings;
    if (kill === undefined) throw new KedgeError('service-kill-missing', { service: this.#id });
    await this.#act('kill', kill, askMs);
  }

  async logs(lines: number): Promise<readonly string[]> {
    const { logs } = this.#settings;
    if (logs === undefined) return await tailLog(this.#logPath, lines);
    const end = await this.#ask(logs, new AbortController().signal);
    const printed = end.stdout.trimEnd();
    if (end.code !== 0) return [withWords(end.problem ?? `exit ${end.code}`, lastWords(end))];
    return printed === '' ? [] : printed.split('\n').slice(-lines);
  }

  /** What a command prints has no places to go on from. */
  async logAfter(cursor: string | undefined, lines: number): Promise<LogPage | undefined> {
    if (this.#settings.logs !== undefined) return undefined;
    return await followFile(this.#logPath, cursor, lines);
  }

  async maintain(): Promise<void> {
    await keepLogBounded(this.#logPath);
  }

  /** Nothing to end: the service outlives the daemon, as does a command that is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#action = undefined;
  }

  async #up(record: CommandRecord | undefined): Promise<ManagerStatus> {
    if (this.#isUnderWay('stop') || this.#isUnderWay('kill'))
      return { kind: 'stopping', detail: 'its stop command is under way' };
    // Begun by somebody else, or while no daemon looked.
    const own = record === undefined || this.#seenDown ? newRun() : record;
    const wanted = record?.wanted ?? 'up';
    this.#cameBack ||= this.#seenDown && wanted === 'down';
    const run = { ...own, wanted };
    if (own !== record) await this.#remember(run);
    this.#seenDown = false;
    const process = await this.#readPid();
    const running = {
      kind: 'running',
      ...(process === undefined ? {} : { pid: process.pid }),
      incarnation: process?.startTicks ?? run.incarnation,
      startedAtMs: run.startedAtMs,
      ...(this.#cameBack ? { startedBy: 'something other than Kedge' } : {}),
    } as const;
    return await withUsage(running, this.#context);
  }

  async #down(
    record: CommandRecord | undefined,
    code: number,
    words: string,
  ): Promise<ManagerStatus> {
    if (this.#isUnderWay('start')) return { kind: 'starting', detail: 'its start command runs' };
    if (this.#isUnderWay('stop')) return { kind: 'stopping', detail: 'its stop command runs' };
    this.#seenDown = true;
    if (record?.wanted !== 'up') return { kind: 'stopped', detail: 'stopped' };
    const dead = code === 3 ? 'not running' : 'dead';
    if (this.#startEnd === '') return { kind: 'failed', detail: withWords(dead, words) };
    return {
      kind: 'failed',
      detail: withWords(this.#startEnd, await lastLogLine(this.#logPath)),
    };
  }

  #isUnderWay(verb: Verb): boolean {
    return this.#action?.verb === verb && !this.#action.isOver();
  }

  /** By the process that its pid file names, where it has one and that lives. */
  async #readPid(): Promise<{ readonly pid: number; readonly startTicks: string } | undefined> {
    const { pidFile } = this.#settings;
    if (pidFile === undefined) return undefined;
    const text = await readFile(pidFile, 'utf8').catch(() => '');
    const pid = Number.parseInt(text, 10);
    return pid > 0 ? identifyProcess(pid) : undefined;
  }

  async #ask(argv: readonly string[], signal: AbortSignal): Promise<ArgvEnd> {
    return await runArgv({ argv, deadlineMs: askMs, ...this.#surroundings() }, signal);
  }

  async #act(verb: Verb, argv: readonly string[], deadlineMs: number): Promise<Action> {
    const service = this.#id;
    const order = { service, verb, argv, deadlineMs, logPath: this.#logPath };
    const action = await act({ ...order, ...this.#surroundings() });
    this.#action = action;
    void action.ended.then((how) => this.#told(verb, how));
    return action;
  }

  #told(verb: Verb, how: string): void {
    if (how !== '' && verb !== 'start') this.#context.log('warning', `its ${verb} command: ${how}`);
    this.#context.changed();
  }

  #surroundings() {
    const { environment = {}, folder = '/' } = this.#settings;
    return { environment: serviceEnvironment(process.env, environment, this.#id), folder };
  }

  #refuseGuarded(): void {
    if (this.#context.isGuarded()) throw new KedgeError('service-guarded', { service: this.#id });
  }

  async #load(): Promise<CommandRecord | undefined> {
    this.#record ??= await readCommandRecord(this.#recordPath);
    return this.#record;
  }

  async #remember(record: CommandRecord): Promise<void> {
    await writeCommandRecord(this.#recordPath, record);
    this.#record = record;
  }
}

function withWords(how: string, words: string): string {
  return words === '' ? how : `${how}: ${words}`;
}
