import { isDeepStrictEqual } from 'node:util';
import type { ResetProblem } from '../../protocol/domain/reset.ts';
import type { Service } from '../../protocol/domain/service.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { LogQuestion } from './follow-log.ts';
import type { AskAboutStop } from './late-stop.ts';
import { placeOf } from './look-pace.ts';
import type { LogLevel, LogPage } from './manager.ts';
import { orderServices } from './order-services.ts';
import { activeServices } from './plan-reset.ts';
import { preflightReset } from './preflight-reset.ts';
import type { ServiceControl } from './service-control.ts';
import type { ServiceSettings } from './settings.ts';
import { type OneService, superviseOne } from './supervise-one.ts';

export interface SuperviseOptions {
  readonly services: Readonly<Record<string, ServiceSettings>>;
  readonly stateFolder: string;
  /** True between guard and swap of a restore: it may not start. */
  readonly isGuarded: (service: ServiceSettings) => boolean;
  readonly onChange: (services: readonly Service[]) => void;
  /** Somebody is connected: what services take of the machine is measured. Absent: never. */
  readonly isWatched?: () => boolean;
  /** Nothing but what they take has changed. */
  readonly onUsage?: (services: readonly Service[]) => void;
  readonly log: (level: LogLevel, text: string) => void;
  readonly signal: AbortSignal;
}

/** All services of the application, watched by the daemon. Disposing ends the watching, not the services. */
export interface ServiceSupervisor extends ServiceControl, AsyncDisposable {
  /** As last looked at; in the order of the configuration. */
  services(): readonly Service[];
  /** Takes changed settings over. A service that is no longer named runs on, unwatched. */
  configure(services: Readonly<Record<string, ServiceSettings>>): void;
  restart(id: string, signal: AbortSignal): Promise<void>;
  /** What would keep these from being stopped and started. */
  preflight(ids: readonly string[], signal: AbortSignal): Promise<readonly ResetProblem[]>;
  /** What is stopped with a service, as it would start it again. */
  triggers(id: string, signal: AbortSignal): Promise<readonly string[]>;
  logs(id: string, lines: number): Promise<readonly string[]>;
  followLog(id: string, question: LogQuestion, signal: AbortSignal): Promise<LogPage>;
  /** For good: stops those with `stopWithAgent`, and starts none any more; tries all, then throws the first failure. */
  stopAll(signal: AbortSignal): Promise<void>;
  /** Starts those with `autoStart` that don't run; a failure is logged and seen in the health. */
  startAll(signal: AbortSignal): Promise<void>;
}

export function superviseServices(options: SuperviseOptions): ServiceSupervisor {
  return new Supervisor(options);
}

class Supervisor implements ServiceSupervisor {
  readonly #options: SuperviseOptions;
  readonly #watched = new Map<string, OneService>();
  readonly #leaving = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  #startingAll: Promise<void> = Promise.resolve();
  #taken = 0;
  #questions = 0;
  #settings: Readonly<Record<string, ServiceSettings>> = {};

  constructor(options: SuperviseOptions) {
    this.#options = options;
    this.configure(options.services);
  }

  services(): readonly Service[] {
    return Object.keys(this.#settings).map((id) => this.#get(id).service());
  }

  async status(signal: AbortSignal): Promise<readonly Service[]> {
    await Promise.all([...this.#watched.values()].map((one) => one.look(signal)));
    return this.services();
  }

  configure(services: Readonly<Record<string, ServiceSettings>>): void {
    const before = this.#settings;
    this.#settings = services;
    this.#questions = questionsTo(Object.values(services));
    for (const [id, settings] of Object.entries(services)) {
      if (!isDeepStrictEqual(before[id], settings)) this.#take(id, settings);
    }
    for (const id of [...this.#watched.keys()]) if (services[id] === undefined) this.#leave(id);
    this.#changed();
  }

  async start(id: string, signal: AbortSignal): Promise<void> {
    await this.#get(id).start(signal);
  }

  async stop(id: string, signal: AbortSignal, ask?: AskAboutStop): Promise<void> {
    await this.#get(id).stop(signal, ask);
  }

  async restart(id: string, signal: AbortSignal): Promise<void> {
    await this.stop(id, signal);
    await this.start(id, signal);
  }

  async logs(id: string, lines: number): Promise<readonly string[]> {
    return await this.#get(id).logs(lines);
  }

  async followLog(id: string, question: LogQuestion, signal: AbortSignal): Promise<LogPage> {
    return await this.#get(id).followLog(question, signal);
  }

  async preflight(ids: readonly string[], signal: AbortSignal): Promise<readonly ResetProblem[]> {
    const managed = (id: string) => this.#get(id).managed;
    return await preflightReset({ ids, settings: this.#settings, managed }, signal);
  }

  async triggers(id: string, signal: AbortSignal): Promise<readonly string[]> {
    return (await this.#get(id).managed.triggers?.(signal)) ?? [];
  }

  async stopAll(signal: AbortSignal): Promise<void> {
    // What is started while others are being stopped would be left behind.
    this.#ending.abort();
    await this.#startingAll;
    const failed: unknown[] = [];
    for (const id of await this.#toStopInOrder(signal))
      await this.stop(id, signal).catch((error: unknown) => failed.push(error));
    if (failed.length > 0) throw failed[0];
  }

  async startAll(signal: AbortSignal): Promise<void> {
    this.#startingAll = this.#startInOrder(AbortSignal.any([signal, this.#ending.signal]));
    await this.#startingAll;
    signal.throwIfAborted();
  }

  /** As far as it comes before it is aborted. */
  async #startInOrder(signal: AbortSignal): Promise<void> {
    for (const id of orderServices(this.#settings)) {
      if (signal.aborted) return;
      if (this.#settings[id]?.autoStart !== true) continue;
      await this.start(id, signal).catch((error: unknown) => {
        if (signal.aborted) return;
        this.#options.log('error', error instanceof Error ? error.message : String(error));
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const id of [...this.#watched.keys()]) this.#leave(id);
    await Promise.all(this.#leaving);
  }

  async #toStopInOrder(signal: AbortSignal): Promise<readonly string[]> {
    const active = activeServices(await this.status(signal));
    return orderServices(this.#settings)
      .filter((id) => this.#settings[id]?.stopWithAgent === true && active.has(id))
      .reverse();
  }

  #take(id: string, settings: ServiceSettings): void {
    const known = this.#watched.get(id);
    if (known !== undefined) {
      known.configure(settings);
      return;
    }
    const { stateFolder, isWatched = () => false, signal } = this.#options;
    const log = (level: LogLevel, text: string) =>
      this.#options.log(level, `service "${id}": ${text}`);
    const changed = () => this.#changed();
    const place = placeOf(this.#taken++);
    const pace = () => ({ place, questions: this.#questions });
    const used = () => this.#options.onUsage?.(this.services());
    const isGuarded = (): boolean => this.#options.isGuarded(this.#settings[id] ?? settings);
    const context = { stateFolder, isGuarded, isWatched, log, changed, used };
    this.#watched.set(id, superviseOne(id, settings, { ...context, signal, pace }));
  }

  #leave(id: string): void {
    const leaving = Promise.resolve(this.#watched.get(id)?.[Symbol.asyncDispose]());
    this.#watched.delete(id);
    const left = leaving.finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
  }

  #changed(): void {
    this.#options.onChange(this.services());
  }

  #get(id: string): OneService {
    const one = this.#watched.get(id);
    if (one === undefined) throw new KedgeError('service-not-found', { service: id });
    return one;
  }
}

function questionsTo(services: readonly ServiceSettings[]): number {
  return services.reduce((sum, { probes = [] }) => sum + 1 + probes.length, 0);
}
