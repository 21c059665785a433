import { setTimeout as wait } from 'node:timers/promises';
import { toolDeadlineMs } from './run-tool.ts';
import { showUnits, type UnitFacts } from './unit-facts.ts';

interface Round {
  readonly units: Set<string>;
  readonly facts: Promise<ReadonlyMap<string, UnitFacts>>;
}

/** Watches look at the same moment, give or take the timers of a busy loop. */
const gatherMs = 10;
/** From one look to the next, however many ask for more: a look costs 25 ms of a processor. */
const apartMs = 100;
/** For a while after a request, when what was asked for comes true in most cases. */
const hurriedApartMs = 20;
const hurriedForMs = 2000;

/**
 * Answers all who ask for a unit at about the same time by one process. A look that is under way is never the
 * answer to a question that came after it began.
 */
export class UnitBoard {
  readonly #deadlineMs: number;
  #next: Round | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #beganMs = Number.NEGATIVE_INFINITY;
  #requestedMs = Number.NEGATIVE_INFINITY;

  constructor(deadlineMs = toolDeadlineMs) {
    this.#deadlineMs = deadlineMs;
  }

  /** Something was asked of systemd: looks come sooner for a while. */
  requested(): void {
    this.#requestedMs = performance.now();
  }

  async look(unit: string, signal: AbortSignal): Promise<UnitFacts> {
    signal.throwIfAborted();
    this.#next ??= this.#plan();
    const { units, facts } = this.#next;
    units.add(unit);
    const { promise, reject } = Promise.withResolvers<never>();
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      const found = (await Promise.race([facts, promise])).get(unit);
      if (found === undefined) throw new Error(`systemd said nothing of ${unit}`);
      return found;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #plan(): Round {
    const units = new Set<string>();
    const facts = this.#last.then(() => this.#show(units));
    this.#last = facts.catch(() => undefined);
    return { units, facts };
  }

  async #show(units: ReadonlySet<string>): Promise<ReadonlyMap<string, UnitFacts>> {
    const hurried = performance.now() - this.#requestedMs < hurriedForMs;
    const readyMs = this.#beganMs + (hurried ? hurriedApartMs : apartMs);
    await wait(Math.max(gatherMs, readyMs - performance.now()));
    this.#beganMs = performance.now();
    this.#next = undefined;
    return await showUnits([...units], new AbortController().signal, this.#deadlineMs);
  }
}
