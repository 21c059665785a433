import { KedgeError } from '../../protocol/failures.ts';
import { errorMessage } from '../os/error-code.ts';
import { runCommand } from '../os/run-command.ts';
import type { ServiceControl } from '../services/service-control.ts';
import type { Source } from '../sources/source.ts';

const hookTimeoutMs = 60_000;
/** A start has its own deadlines; this one only keeps a lost answer from holding the job for ever. */
const startAtMostMs = 15 * 60_000;

/** Writers held off for one source. Disposed once or more often, they go on. */
export type Hold = AsyncDisposable;

/**
 * Holds writers off while captures are taken. Several sources may want the same service down: it is
 * stopped for the first and started after the last, and only if it ran before.
 */
export class Quiescence {
  readonly #services: ServiceControl;
  readonly #signal: AbortSignal;
  readonly #holders = new Map<string, number>();
  readonly #wasActive = new Set<string>();
  /** What could not be put back as it was. The backup is good all the same, so it is told when it is done. */
  readonly problems: unknown[] = [];

  constructor(services: ServiceControl, signal: AbortSignal) {
    this.#services = services;
    this.#signal = signal;
  }

  /** Fails where writers could not be held off; then all is as before. */
  async hold(source: Source): Promise<Hold> {
    const { quiesce } = source;
    switch (quiesce.kind) {
      case 'none':
        return once(async () => {});
      case 'hook':
        return await this.#holdByHook(source.name, quiesce.before, quiesce.after);
      case 'stop':
        return await this.#holdByStop(quiesce.services);
      default:
        return quiesce satisfies never;
    }
  }

  async #holdByHook(
    source: string,
    before: readonly string[],
    after: readonly string[],
  ): Promise<Hold> {
    const release = once(async () => {
      // A cancelled backup must let writers go on as well.
      await this.#attempt(() =>
        runHook(source, 'after', after, AbortSignal.timeout(startAtMostMs)),
      );
    });
    try {
      await runHook(source, 'before', before, this.#signal);
    } catch (error) {
      await release[Symbol.asyncDispose]();
      throw error;
    }
    return release;
  }

  async #holdByStop(names: readonly string[]): Promise<Hold> {
    const held: string[] = [];
    const release = once(async () => {
      for (const name of held.toReversed()) await this.#leave(name);
    });
    try {
      for (const name of names) {
        held.push(name);
        await this.#enter(name);
      }
    } catch (error) {
      await release[Symbol.asyncDispose]();
      throw error;
    }
    return release;
  }

  async #enter(name: string): Promise<void> {
    const holders = this.#holders.get(name) ?? 0;
    this.#holders.set(name, holders + 1);
    if (holders > 0) return;
    const service = (await this.#services.status(this.#signal)).find(({ id }) => id === name);
    if (service === undefined) throw new KedgeError('service-not-found', { service: name });
    if (service.health === 'stopped' || service.health === 'failed') return;
    this.#wasActive.add(name);
    await this.#services.stop(name, this.#signal);
  }

  async #leave(name: string): Promise<void> {
    const holders = this.#holders.get(name) ?? 0;
    this.#holders.set(name, holders - 1);
    if (holders > 1 || !this.#wasActive.delete(name)) return;
    await this.#attempt(() => this.#services.start(name, AbortSignal.timeout(startAtMostMs)));
  }

  async #attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.problems.push(error);
    }
  }
}

async function runHook(
  source: string,
  hook: 'before' | 'after',
  argv: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { problem, output } = await runCommand(argv, hookTimeoutMs, signal).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      return { problem: errorMessage(error), output: '' };
    },
  );
  if (problem === undefined) return;
  const cause = output === '' ? problem : `${problem}: ${output}`;
  throw new KedgeError('quiesce-failed', { source, hook, cause });
}

function once(release: () => Promise<void>): Hold {
  let released: Promise<void> | undefined;
  return {
    async [Symbol.asyncDispose]() {
      released ??= release();
      await released;
    },
  };
}
