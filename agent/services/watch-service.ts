import { setTimeout as wait } from 'node:timers/promises';
import { steadyNow, wallAheadMs } from '../os/steady-clock.ts';
import { type Health, judge, unknownHealth } from './health.ts';
import { alone, nextLookMs, type Pace, probeDelayMs } from './look-pace.ts';
import type { LogLevel, ManagedService, ManagerStatus } from './manager.ts';
import { type ProbeAnswer, type ProbeMemory, probe } from './probe.ts';
import { limitsOf } from './service-limits.ts';
import type { ServiceSettings } from './settings.ts';

export interface WatchOptions {
  readonly onLook: (health: Health) => void;
  readonly log: (level: LogLevel, text: string) => void;
  readonly signal: AbortSignal;
  /** Absent: it is the only one. */
  readonly pace?: () => Pace;
}

/**
 * Looks at one service again and again, the only place that does. Who starts or stops it waits for looks
 * that began after the request, so that an old answer is never taken for the new one.
 */
export class ServiceWatch implements AsyncDisposable {
  settings: ServiceSettings;
  managed: ManagedService;
  /** Set while a stop is under way: probes are not asked. */
  stopping = false;
  readonly #options: WatchOptions;
  #health = unknownHealth(steadyNow());
  #run?: { readonly incarnation: string; readonly startedAtMs: number };
  #pause = new AbortController();
  #glance = new AbortController();
  readonly #over = new AbortController();
  #round = 0;
  #hurried = 0;
  #next = Promise.withResolvers<void>();
  #complaint = '';
  readonly #memory: ProbeMemory = { locks: new Map() };
  readonly #loop: Promise<void>;

  constructor(settings: ServiceSettings, managed: ManagedService, options: WatchOptions) {
    this.settings = settings;
    this.managed = managed;
    this.#options = options;
    options.signal.addEventListener('abort', this.#end, { once: true });
    if (options.signal.aborted) this.#end();
    this.#loop = this.#watch();
  }

  get health(): Health {
    return this.#health;
  }

  get #pace(): Pace {
    return this.#options.pace?.() ?? alone;
  }

  /** Looks now, giving up the look or pause in progress. */
  wake(): void {
    this.#glance.abort();
    this.#pause.abort();
  }

  /** Looks often until `answer` has one; undefined once `timeoutMs` is over. */
  async until<T>(
    answer: (health: Health) => T | undefined,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    using _hurry = this.#hurry();
    return await this.awaits(answer, AbortSignal.timeout(timeoutMs), signal);
  }

  /** The same at the usual pace, for who may have to wait for minutes. */
  async awaits<T>(
    answer: (health: Health) => T | undefined,
    deadline: AbortSignal,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    const ended = AbortSignal.any([signal, deadline, this.#over.signal]);
    for (let from = this.#round; !ended.aborted; ) {
      await this.#looked(ended);
      const found = this.#round > from ? answer(this.#health) : undefined;
      if (found !== undefined) return found;
    }
    signal.throwIfAborted();
    this.#over.signal.throwIfAborted();
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end();
    this.#options.signal.removeEventListener('abort', this.#end);
    await this.#loop;
    await this.managed[Symbol.asyncDispose]();
  }

  readonly #end = (): void => {
    this.#over.abort();
    this.wake();
  };

  #hurry(): Disposable {
    this.#hurried += 1;
    // Only the pause: askers that come often would else keep a slow look from ever ending.
    this.#pause.abort();
    return {
      [Symbol.dispose]: () => {
        this.#hurried -= 1;
      },
    };
  }

  /** Resolves after the next look, or at the abort. */
  async #looked(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = () => resolve();
    signal.addEventListener('abort', stop, { once: true });
    await Promise.race([this.#next.promise, promise]);
    signal.removeEventListener('abort', stop);
  }

  async #watch(): Promise<void> {
    while (!this.#over.signal.aborted) {
      this.#pause = new AbortController();
      this.#glance = new AbortController();
      const { signal } = this.#pause;
      this.#round += 1;
      await this.#look(this.#glance.signal);
      const delayMs = nextLookMs(this.#health, steadyNow(), this.#hurried > 0, this.#pace);
      await wait(delayMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { stopping } = this;
    const status = await this.#askManager(signal);
    const probes = status.kind === 'running' && !stopping ? await this.#askProbes(signal) : [];
    // Woken in mid-look: what was seen may be older than what woke it.
    if (signal.aborted || probes === undefined) return;
    const seen = { atMs: steadyNow(), status: this.#onSteadyClock(status), probes, stopping };
    this.#health = judge(this.#health, seen, limitsOf(this.settings));
    this.#options.onLook(this.#health);
    this.#next.resolve();
    this.#next = Promise.withResolvers();
    await this.#maintain();
  }

  /** A clock that is set in mid-start must neither fail it nor prove it too early. */
  #onSteadyClock(status: ManagerStatus): ManagerStatus {
    if (status.kind !== 'running') return status;
    const { incarnation } = status;
    if (this.#run?.incarnation !== incarnation) {
      this.#run = { incarnation, startedAtMs: status.startedAtMs - wallAheadMs() };
    }
    return { ...status, startedAtMs: this.#run.startedAtMs };
  }

  async #askManager(signal: AbortSignal): Promise<ManagerStatus> {
    try {
      return await this.managed.status(signal);
    } catch (error) {
      return { kind: 'unknown', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Undefined: given up, as something woke the watch. */
  async #askProbes(signal: AbortSignal): Promise<readonly ProbeAnswer[] | undefined> {
    const { probes = [], database } = this.settings;
    const probed = { memory: this.#memory, database };
    if (probes.length > 0) await this.#waitForPlace();
    try {
      return await Promise.all(probes.map((settings) => probe(settings, signal, probed)));
    } catch (error) {
      if (signal.aborted) return undefined;
      return [{ ok: false, text: error instanceof Error ? error.message : String(error) }];
    }
  }

  /** Whoever cannot wait cuts it short. */
  async #waitForPlace(): Promise<void> {
    const delayMs = probeDelayMs(this.#health, steadyNow(), this.#hurried > 0, this.#pace);
    if (delayMs === 0) return;
    const { signal } = this.#pause;
    await wait(delayMs, undefined, { signal, ref: false }).catch(() => undefined);
  }

  async #maintain(): Promise<void> {
    try {
      await this.managed.maintain();
      this.#complaint = '';
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      // A full disk fails every look; said once.
      if (text !== this.#complaint) this.#options.log('warning', text);
      this.#complaint = text;
    }
  }
}
