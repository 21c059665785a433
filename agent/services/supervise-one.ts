import type { Service } from '../../protocol/domain/service.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { steadyNow, wallAheadMs } from '../os/steady-clock.ts';
import { followLog, type LogQuestion } from './follow-log.ts';
import type { Health } from './health.ts';
import type { AskAboutStop } from './late-stop.ts';
import type { Pace } from './look-pace.ts';
import type { LogPage, ManagedService, ManagerContext } from './manager.ts';
import { openManagedService } from './managers.ts';
import type { ServiceSettings } from './settings.ts';
import { UsageMeter } from './shown-usage.ts';
import { startService } from './start-service.ts';
import { stopService } from './stop-service.ts';
import { ServiceWatch } from './watch-service.ts';

export interface OneService extends AsyncDisposable {
  service(): Service;
  readonly managed: ManagedService;
  configure(settings: ServiceSettings): void;
  /** Waits for a fresh look. */
  look(signal: AbortSignal): Promise<void>;
  start(signal: AbortSignal): Promise<void>;
  stop(signal: AbortSignal, ask?: AskAboutStop): Promise<void>;
  logs(lines: number): Promise<readonly string[]>;
  /** Waits a while for lines where there is a cursor. */
  followLog(question: LogQuestion, signal: AbortSignal): Promise<LogPage>;
}

export interface OneOptions extends ManagerContext {
  /** Nothing but what it takes has changed. */
  readonly used: () => void;
  readonly signal: AbortSignal;
  readonly pace: () => Pace;
}

export function superviseOne(
  id: string,
  settings: ServiceSettings,
  options: OneOptions,
): OneService {
  return new Supervised(id, settings, options);
}

/** A look at a hung service lasts as long as its probe's deadline; then the last known state must do. */
const lookMs = 1000;

/** One service: watched, and started and stopped one request after the other. */
class Supervised implements OneService {
  readonly #id: string;
  readonly #options: OneOptions;
  readonly #watch: ServiceWatch;
  #since?: Moment;
  #badSince?: Moment;
  #last: Promise<void> = Promise.resolve();
  #starting = new AbortController();
  #shown = '';
  readonly #meter = new UsageMeter();

  constructor(id: string, settings: ServiceSettings, options: OneOptions) {
    this.#id = id;
    this.#options = options;
    this.#watch = new ServiceWatch(settings, this.#open(settings), {
      onLook: (health) => this.#looked(health),
      log: options.log,
      signal: options.signal,
      pace: options.pace,
    });
  }

  get managed(): ManagedService {
    return this.#watch.managed;
  }

  service(): Service {
    const { settings, health } = this.#watch;
    const { status, badSinceMs } = health;
    this.#since = momentOf(health.sinceMs, this.#since);
    if (badSinceMs !== undefined) this.#badSince = momentOf(badSinceMs, this.#badSince);
    return {
      id: this.#id,
      role: settings.role,
      manager: settings.manager,
      dependsOn: settings.dependsOn ?? [],
      health: health.state,
      why: health.why,
      sinceMs: this.#since.wallMs,
      ...(badSinceMs === undefined || this.#badSince === undefined
        ? {}
        : { badSinceMs: this.#badSince.wallMs }),
      ...('pid' in status && status.pid !== undefined ? { pid: status.pid } : {}),
      ...this.#meter.shown,
      restarts: Math.max(0, health.incarnations - 1),
      ...('startedBy' in status && status.startedBy !== undefined
        ? { startedBy: status.startedBy }
        : {}),
    };
  }

  configure(settings: ServiceSettings): void {
    // In turn: a manager opened in mid-start could keep what it read of the start before.
    this.#last = this.#last.then(() => {
      this.#watch.settings = settings;
      this.#watch.managed = this.#open(settings);
      this.#watch.wake();
    });
  }

  async look(signal: AbortSignal): Promise<void> {
    await this.#watch.until(() => true, lookMs, signal);
  }

  async start(signal: AbortSignal): Promise<void> {
    await this.#inTurn(async () => {
      this.#starting = new AbortController();
      const stopped = this.#starting.signal;
      await startService(this.#id, this.#watch, AbortSignal.any([signal, stopped])).catch(
        (error: unknown) => {
          if (!stopped.aborted || signal.aborted) throw error;
          const why = 'it was asked to stop before it was up';
          throw new KedgeError('service-start-failed', { service: this.#id, why });
        },
      );
    });
  }

  async stop(signal: AbortSignal, ask?: AskAboutStop): Promise<void> {
    this.#starting.abort();
    await this.#inTurn(() => stopService(this.#id, this.#watch, signal, ask));
  }

  async logs(lines: number): Promise<readonly string[]> {
    return await this.#watch.managed.logs(lines);
  }

  async followLog(question: LogQuestion, signal: AbortSignal): Promise<LogPage> {
    const { managed, settings } = this.#watch;
    return await followLog(managed, settings.manager, question, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#watch[Symbol.asyncDispose]();
  }

  #open(settings: ServiceSettings) {
    const { used: _, signal: __, pace: ___, ...context } = this.#options;
    return openManagedService(this.#id, settings, {
      ...context,
      changed: () => this.#watch.wake(),
    });
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    await turn;
  }

  /** Tells of what a reader would call a change; a probe's milliseconds are none. */
  #looked(health: Health): void {
    const words = health.why.replaceAll(/ in \d+ ms/g, '');
    const pid = 'pid' in health.status ? health.status.pid : '';
    const shown = [health.state, words, pid, health.incarnations].join('|');
    const used = this.#meter.look(health.status, steadyNow());
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#options.changed();
    } else if (used) this.#options.used();
  }
}

interface Moment {
  readonly steadyMs: number;
  readonly wallMs: number;
}

/** On the wall when it became so: one number as long as it stays so. */
function momentOf(steadyMs: number, known: Moment | undefined): Moment {
  if (known?.steadyMs === steadyMs) return known;
  return { steadyMs, wallMs: Math.round(steadyMs + wallAheadMs()) };
}
