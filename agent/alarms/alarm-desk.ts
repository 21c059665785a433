import { hostname } from 'node:os';
import type { Alarm, AlarmRoute, Delivery } from '../../protocol/domain/alarm.ts';
import type { Problem } from '../../protocol/domain/snapshot.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { RouteSettings } from '../config/alarm-settings.ts';
import type { Config } from '../config/config.ts';
import { errorMessage } from '../os/error-code.ts';
import type { AlarmRecord } from '../state/alarm-records.ts';
import type { State } from '../state/state.ts';
import { startCourier } from './courier.ts';
import type { FoundProblem, SeenProblem } from './found-problem.ts';
import type { MessageBody, Sender } from './message.ts';
import { nextAlarm, settlesMs } from './next-alarm.ts';
import type { Pace } from './pace.ts';
import { routeProblems, routesAsTold } from './route-states.ts';
import { openRoute } from './routes/open-route.ts';
import { testRoutes } from './test-routes.ts';

/** Makes alarms of problems, keeps them and has them told. */
export interface AlarmDesk extends AsyncDisposable {
  /** Takes all that is wrong now, and answers it with when it began. */
  look(found: readonly FoundProblem[]): readonly Problem[];
  /** Since when something is so; what is not asked for between two looks is forgotten. */
  since(key: string): number;
  /** Open ones, then acknowledged ones, newest first within each. */
  current(): readonly Alarm[];
  /** Cured ones of the last 30 days, newest first. */
  cured(): readonly Alarm[];
  routes(): readonly AlarmRoute[];
  /** Routes by which nothing gets through. */
  routeProblems(): readonly FoundProblem[];
  acknowledge(id: number): Alarm;
  /** Tells a test by one route, or by all, and waits for the answers. */
  test(route: string | undefined, signal: AbortSignal): Promise<readonly Delivery[]>;
  /** Puts something for one route in line that is about no alarm. */
  tell(route: string, body: MessageBody): void;
}

export interface AlarmDeskOptions {
  readonly state: Pick<State, 'alarms' | 'deliveries' | 'firstSeen' | 'installation'>;
  readonly config: () => Config | undefined;
  readonly pace: Pace;
  readonly now: () => number;
  readonly log: (level: 'info' | 'warning' | 'error', text: string) => void;
  /** Alarms or their deliveries changed. */
  readonly onChange: () => void;
  /** It is time to look again: something settles now. */
  readonly lookAgain: () => void;
}

const dayMs = 24 * 3_600_000;
const keptMs = 30 * dayMs;
const curedShown = 500;
/** Looks come by themselves more often than this. */
const longestWaitMs = 60_000;

export function openAlarmDesk(options: AlarmDeskOptions): AlarmDesk {
  const { state, pace, now, log } = options;
  let startedMs = now();
  let prunedMs = 0;
  let timer: NodeJS.Timeout | undefined;

  const routes = (): Readonly<Record<string, RouteSettings>> =>
    options.config()?.alarms?.routes ?? {};
  const sender = (): Sender => {
    const application = options.config()?.application;
    const about =
      application === undefined
        ? {}
        : { application: { id: application.id, name: application.name } };
    return { ...about, host: hostname() };
  };
  const courier = startCourier({
    records: state.deliveries,
    installation: state.installation,
    route(name) {
      const settings = routes()[name];
      return settings === undefined ? undefined : openRoute(settings, now);
    },
    sender,
    pace,
    now,
    log,
    onChange: () => options.onChange(),
  });

  const put = (route: string, body: MessageBody, alarm?: number): void => {
    const gathers = routes()[route]?.kind === 'mail' && alarm !== undefined;
    state.deliveries.add(
      {
        route,
        what: body.what,
        body,
        ...(alarm === undefined ? {} : { alarm }),
        ...(gathers ? { nextMs: now() + pace.gatherMs } : {}),
      },
      now(),
    );
  };

  const tellOf = (record: AlarmRecord, what: 'open' | 'cured'): void => {
    const { told: _told, ...alarm } = record;
    const before = state.deliveries.ofAlarm(record.id);
    for (const [name, settings] of Object.entries(routes())) {
      if (settings.kind === 'ping' || record.key === `route-${name}`) continue;
      if (settings.minimum === 'error' && record.severity !== 'error') continue;
      // Who was not told of it need not know that it is over.
      const knows = before.some(({ route, what: told }) => route === name && told === 'open');
      if (what === 'cured' && !knows) continue;
      put(name, { what, alarm }, record.id);
    }
  };

  const step = (before: AlarmRecord | undefined, problem: SeenProblem | undefined): boolean => {
    const next = nextAlarm(before, problem, { nowMs: now(), startedMs }, pace);
    if (next === undefined) return false;
    const record =
      before === undefined ? state.alarms.add(next.alarm) : { ...next.alarm, id: before.id };
    if (before !== undefined) state.alarms.save(record);
    if (before?.state !== record.state) {
      const level = record.state === 'open' && record.severity === 'error' ? 'error' : 'info';
      log(level, `alarm ${record.id} is ${record.state}: ${record.text}`);
    }
    if (next.tell !== undefined) tellOf(record, next.tell);
    return true;
  };

  const withSince = (found: readonly FoundProblem[]): readonly SeenProblem[] =>
    found.map((problem) => ({
      ...problem,
      sinceMs: state.firstSeen.since(`problem:${problem.id}`, now()),
    }));

  const take = (found: readonly FoundProblem[]) => {
    // The clock was set back: nothing would settle until it is there again.
    startedMs = Math.min(startedMs, now());
    const inHand = new Set(found.filter((problem) => problem.inHand).map(({ id }) => id));
    const shown = found.filter(({ id }) => !inHand.has(id));
    const seen = withSince(shown);
    state.firstSeen.sweep();
    const standing = state.alarms.standing(now() - pace.foldMs);
    const wrong = new Map(seen.map((problem) => [problem.id, problem]));
    const keys = [...new Set([...standing.keys(), ...wrong.keys()])];
    const steps = keys
      .filter((key) => !inHand.has(key))
      .map((key) => step(standing.get(key), wrong.get(key)));
    return { seen, changed: steps.includes(true) };
  };

  /** The same on a full disk: what is wrong is still seen, and told when there is room again. */
  const takeAsFarAsWritten = (found: readonly FoundProblem[]) => {
    try {
      return state.alarms.atomically(() => take(found));
    } catch (error) {
      log('error', `alarms could not be written down: ${errorMessage(error)}`);
      const shown = found.filter(({ inHand }) => !inHand);
      return { seen: withSince(shown), changed: false };
    }
  };

  /** The moment at which something that is seen now will be an alarm, or a cure will be told. */
  const plan = (seen: readonly SeenProblem[], standing: ReadonlyMap<string, AlarmRecord>): void => {
    const unsettled = seen
      .filter(({ id }) => (standing.get(id)?.state ?? 'cured') === 'cured')
      .map((problem) => settlesMs(problem, { nowMs: now(), startedMs }, pace));
    const untold = [...standing.values()]
      .filter(({ state: is, told }) => is === 'cured' && told === 'open')
      .map(({ curedMs = 0 }) => curedMs + pace.settleMs);
    const starting = now() < startedMs + pace.settleMs ? [startedMs + pace.settleMs] : [];
    const waitMs = Math.min(...unsettled, ...untold, ...starting) - now();
    clearTimeout(timer);
    // Due already and yet not done: the next look by itself is soon enough.
    if (waitMs <= 0 || waitMs > longestWaitMs) return;
    timer = setTimeout(() => options.lookAgain(), waitMs + 1).unref();
  };

  const prune = (): void => {
    if (Math.abs(now() - prunedMs) < dayMs) return;
    prunedMs = now();
    state.alarms.prune(now() - keptMs);
    state.deliveries.prune(now() - keptMs);
  };

  const withDeliveries = ({ told: _told, ...alarm }: AlarmRecord): Alarm => ({
    ...alarm,
    deliveries: state.deliveries
      .ofAlarm(alarm.id)
      .map(({ id: _id, alarm: _of, createdMs: _created, body: _body, ...delivery }) => delivery),
  });
  const current = (): readonly Alarm[] =>
    [...state.alarms.standing(Number.MAX_SAFE_INTEGER).values()]
      .toSorted((a, b) => rank(a) - rank(b) || b.lastMs - a.lastMs || b.id - a.id)
      .map(withDeliveries);

  // What a Kedge before this one could not tell.
  courier.kick();
  return {
    look(found) {
      const { seen, changed } = takeAsFarAsWritten(found);
      if (changed) options.onChange();
      courier.kick();
      plan(seen, state.alarms.standing(now() - pace.foldMs));
      prune();
      return seen.map(({ settleMs: _settle, inHand: _inHand, ...problem }) => problem);
    },
    since: (key) => state.firstSeen.since(key, now()),
    current,
    cured: () => state.alarms.cured(curedShown).map(withDeliveries),
    routes: () => routesAsTold(routes(), state.deliveries, now),
    routeProblems: () => routeProblems(Object.keys(routes()), state.deliveries),
    acknowledge(id) {
      const record = state.alarms.get(id);
      if (record === undefined)
        throw new KedgeError('not-found', { what: 'alarm', id, list: 'alarm' });
      if (record.state !== 'open') return withDeliveries(record);
      const seen: AlarmRecord = { ...record, state: 'acknowledged', acknowledgedMs: now() };
      state.alarms.atomically(() => {
        state.alarms.save(seen);
        // Who sees it need not be called for it any more.
        for (const { id: waits, what, state: is } of state.deliveries.ofAlarm(id))
          if (is === 'waiting' && what === 'open') state.deliveries.remove(waits);
      });
      log('info', `alarm ${id} was acknowledged: ${record.text}`);
      options.onChange();
      return withDeliveries(seen);
    },
    async test(name, signal) {
      const about = { routes: routes(), deliveries: state.deliveries, sender, now };
      const told = await testRoutes({ ...about, installation: state.installation }, name, signal);
      for (const { route, problem = 'told' } of told)
        log('info', `alarm route "${route}": a test, ${problem}`);
      options.onChange();
      courier.kick();
      return told;
    },
    tell(route, body) {
      put(route, body);
      courier.kick();
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await courier[Symbol.asyncDispose]();
    },
  };
}

function rank({ state }: AlarmRecord): number {
  return state === 'open' ? 0 : 1;
}
