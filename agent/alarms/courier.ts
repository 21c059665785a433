import { errorMessage } from '../os/error-code.ts';
import type { DeliveryEnd, DeliveryRecord, DeliveryRecords } from '../state/delivery-records.ts';
import { type Message, MessageBody, type Sender } from './message.ts';
import type { Pace } from './pace.ts';
import { NotSent, type Route } from './routes/route.ts';

/** Brings what waits to the routes, oldest first; what fails is tried again, over restarts too. */
export interface Courier extends AsyncDisposable {
  /** Something waits, or the routes changed. */
  kick(): void;
}

export interface CourierOptions {
  readonly records: DeliveryRecords;
  /** Makes ids of messages that no other Kedge makes. */
  readonly installation: string;
  /** Undefined: there is no such route any more. */
  readonly route: (name: string) => Route | undefined;
  readonly sender: () => Sender;
  readonly pace: Pace;
  readonly now: () => number;
  readonly log: (level: 'info' | 'warning' | 'error', text: string) => void;
  readonly onChange: () => void;
}

/** How many a mail folds at most. */
const folded = 50;
/** What is under way at a stop may still end well: cut off, it would be sent twice. */
const closeMs = 3_000;
const longestTimerMs = 60 * 60_000;

export function startCourier(options: CourierOptions): Courier {
  const { records, pace, now } = options;
  const stop = new AbortController();
  const atWork = new Map<string, Promise<void>>();
  const timers = new Map<string, NodeJS.Timeout>();
  /** Asked for while at work. */
  const again = new Set<string>();
  /** What became of deliveries, until that is written down: a full disk must not have them sent once more. */
  const ended = new Map<number, DeliveryEnd>();
  let closing = false;

  const writeDown = (): void => {
    try {
      for (const [id, end] of ended) {
        records.save(id, end);
        ended.delete(id);
      }
    } catch (error) {
      const what = `what became of ${ended.size} deliveries`;
      options.log('error', `${what} could not be written down: ${errorMessage(error)}`);
    }
  };

  const wakeFor = (name: string, atMs: number): void => {
    clearTimeout(timers.get(name));
    const waitMs = Math.min(Math.max(atMs - now(), 0), longestTimerMs);
    timers.set(name, setTimeout(() => serve(name), waitMs).unref());
  };

  /** One after the other: what comes later must not overtake what failed. */
  const work = async (name: string): Promise<void> => {
    while (!closing && (await bringNext(name)));
  };

  /** Whether there may be more to do now. */
  const bringNext = async (name: string): Promise<boolean> => {
    if (ended.size > 0) writeDown();
    const waiting = records.waiting(name, folded).filter(({ id }) => !ended.has(id));
    const [head] = waiting;
    if (head === undefined) return false;
    const route = options.route(name);
    if (route === undefined) {
      for (const { id } of waiting) records.remove(id);
      return true;
    }
    const dueMs = dueOf(head);
    if (dueMs > now()) {
      wakeFor(name, dueMs);
      return false;
    }
    await deliver(name, route, route.folds ? waiting : [head]);
    return true;
  };

  /** A clock that was set back must not hold it up for as long. */
  const dueOf = ({ nextMs = 0 }: DeliveryRecord): number =>
    Math.min(nextMs, now() + Math.max(...pace.retriesMs, pace.gatherMs));

  const deliver = async (
    name: string,
    route: Route,
    batch: readonly DeliveryRecord[],
  ): Promise<void> => {
    // One that can't be read any more is given up like one that is not taken.
    const sending = async (): Promise<void> => await route.send(batch.map(messageOf), stop.signal);
    const failed = await sending().then(
      () => undefined,
      (error: unknown) => error,
    );
    // Cut off by the stop: it waits as before.
    if (stop.signal.aborted && failed !== undefined) return;
    for (const one of batch) ended.set(one.id, endOf(name, one, failed));
    writeDown();
    options.onChange();
  };

  const endOf = (name: string, { what, tries }: DeliveryRecord, failed: unknown): DeliveryEnd => {
    const end = { atMs: now(), tries: tries + 1 };
    if (failed === undefined) {
      options.log('info', `alarm route "${name}": told (${what})`);
      return { ...end, state: 'sent' };
    }
    const problem = errorMessage(failed);
    const final = (failed instanceof NotSent && failed.final) || end.tries >= pace.maxTries;
    options.log('warning', `alarm route "${name}": ${problem}${final ? '; given up' : ''}`);
    if (final) return { ...end, state: 'failed', problem };
    const waitMs = pace.retriesMs[Math.min(tries, pace.retriesMs.length - 1)] ?? 0;
    return { ...end, state: 'waiting', nextMs: now() + waitMs, problem };
  };

  const messageOf = (record: DeliveryRecord): Message => ({
    ...MessageBody.parse(record.body),
    id: `${options.installation}-${record.id}`,
    sender: options.sender(),
  });

  const serve = (name: string): void => {
    if (closing) return;
    if (atWork.has(name)) return void again.add(name);
    const working = work(name)
      .catch((error: unknown) =>
        options.log('error', `alarm route "${name}": ${errorMessage(error)}`),
      )
      .finally(() => {
        atWork.delete(name);
        if (again.delete(name)) serve(name);
      });
    atWork.set(name, working);
  };

  return {
    kick() {
      for (const name of records.waitingRoutes()) serve(name);
    },
    async [Symbol.asyncDispose]() {
      closing = true;
      for (const timer of timers.values()) clearTimeout(timer);
      const late = setTimeout(() => stop.abort(), closeMs);
      await Promise.all(atWork.values());
      clearTimeout(late);
    },
  };
}
