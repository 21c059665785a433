import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isFinished, type Job } from '../../protocol/domain/job.ts';
import type { LogLine } from '../../protocol/domain/snapshot.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { AlarmDesk } from '../alarms/alarm-desk.ts';
import type { Pace } from '../alarms/pace.ts';
import { openCatalogue } from '../catalogue/catalogue.ts';
import { checkReferences } from '../config/check-references.ts';
import type { Config } from '../config/config.ts';
import { type ConfigFile, openConfigFile } from '../config/config-file.ts';
import { holdsSources } from '../config/holds-sources.ts';
import type { JobLogs } from '../jobs/job-log.ts';
import { openJobLogs } from '../jobs/job-log.ts';
import type { JobOrder } from '../jobs/job-order.ts';
import { createJobs, type Jobs } from '../jobs/jobs.ts';
import { createThroughputRecords, type ThroughputRecords } from '../jobs/throughput.ts';
import { keysOf } from '../keys/keys-of.ts';
import { removeTree } from '../os/files.ts';
import type { Machine } from '../os/machine.ts';
import type { Places } from '../os/places.ts';
import { isGuarded } from '../restore/guard.ts';
import { listUndos, type UndoRecord } from '../restore/undo-records.ts';
import { type ServiceSupervisor, superviseServices } from '../services/supervise.ts';
import { restartOwnUnit } from '../services/systemd/restart-own-unit.ts';
import { openState, type State } from '../state/state.ts';
import { type Broadcast, createBroadcast } from './broadcast.ts';
import { rowsFolder } from './browse.ts';
import { checkSchedules } from './check-schedules.ts';
import { type ClockWatch, watchClock } from './clock-watch.ts';
import { copyDesk } from './copies/copy-desk.ts';
import { createDaemonLog, type DaemonLog } from './daemon-log.ts';
import { describeListed } from './describe-listed.ts';
import { followConfig } from './follow-config.ts';
import { createJobEnds } from './job-ends.ts';
import { keepHouse } from './keep-house.ts';
import { withKnownDrives } from './known-drives.ts';
import { lastFullFigures } from './last-full-figures.ts';
import { type ListedBackups, listBackups } from './listed-backups.ts';
import { lockedArchives, standOrFall } from './locked-archives.ts';
import { showLockoutsOnRecord } from './lockouts.ts';
import { offerMetrics } from './metrics/offer-metrics.ts';
import { rememberBytes } from './metrics/remember-bytes.ts';
import { openAlarms } from './open-alarms.ts';
import { createOverview, type Overview } from './overview.ts';
import { holdOwnership, type Ownership } from './ownership.ts';
import { createPresence, type Presence } from './presence.ts';
import { configOfRecovery } from './recover-empty.ts';
import { rememberHealth } from './remember-health.ts';
import { keepAutoReset } from './resets/keep-auto-reset.ts';
import { movedProblem } from './retention/deletion-held.ts';
import { keepRota } from './rota/keep-rota.ts';
import { runSchedules, type ScheduleRuns } from './schedule-runs.ts';
import { watchSpace } from './space/watch-space.ts';
import { createTransfers, type Transfers } from './transfers/transfers.ts';
import { verifyPending } from './verify-pending.ts';
import { watchStores } from './watch-stores.ts';

/** Everything one running Kedge holds; handlers act on it. */
export interface Daemon extends AsyncDisposable {
  readonly places: Places;
  readonly state: State;
  readonly configFile: ConfigFile;
  readonly jobs: Jobs;
  readonly throughputs: ThroughputRecords;
  readonly jobLogs: JobLogs;
  readonly services: ServiceSupervisor;
  readonly backups: ListedBackups;
  readonly schedules: ScheduleRuns;
  readonly overview: Overview;
  readonly alarms: AlarmDesk;
  readonly broadcast: Broadcast;
  readonly presence: Presence;
  readonly log: DaemonLog;
  /** The configuration in force; throws config-missing or config-invalid where there is none. */
  config(): Config;
  undos(): Promise<readonly UndoRecord[]>;
  now(): number;
  readonly clock: ClockWatch;
  readonly transfers: Transfers;
  /** Asks the process to end; the caller of `openDaemon` decides how. */
  requestStop(): void;
}

export interface DaemonOptions {
  readonly places: Places;
  readonly output: (line: LogLine) => void;
  readonly requestStop: () => void;
  /** A job got on, or one more archive was looked at. */
  readonly onWork?: () => void;
  /** Lets clients in: at the end of the start, or when it has to wait for recoveries, which they can watch. Once. */
  readonly openDoor?: (daemon: Daemon) => Promise<AsyncDisposable>;
  /** Asks to give up the start: what runs is closed again and the reason thrown. */
  readonly signal: AbortSignal;
  /** What it runs on; absent: it is not asked whether that is still the same. */
  readonly machine?: Machine;
  /** Of the alarms; absent: the usual. */
  readonly pace?: Pace;
  /** Destinations are looked at this often; absent: the usual. */
  readonly storesMs?: number;
}

/** Data that a dead restore left half exchanged must not get into a backup, nor be exchanged again. */
function whyNotNow(stateFolder: string, { kind }: JobOrder): string | undefined {
  const touchesData = ['backup', 'restore', 'undo', 'recover'].includes(kind);
  return touchesData && isGuarded(stateFolder)
    ? 'the data is half exchanged by an interrupted restore, which must be recovered first'
    : undefined;
}

/** Starts everything but the listening: state, configuration, services, recovery, schedules. */
export async function openDaemon(options: DaemonOptions): Promise<Daemon> {
  const { places } = options;
  const now = Date.now;
  await using started = new AsyncDisposableStack();
  mkdirSync(places.state, { recursive: true, mode: 0o700 });
  const state = started.use(openState(join(places.state, 'state.sqlite'), options.machine, now()));
  const catalogue = started.use(openCatalogue(join(places.state, 'catalogue.sqlite')));
  const broadcast = createBroadcast();
  const presence = started.use(
    createPresence((people) => broadcast.publish({ topic: 'people', people }), now),
  );
  const log = createDaemonLog({
    now,
    publish: (line) => broadcast.publish({ topic: 'log', line }),
    output: options.output,
  });
  // Made first: the others tell it of their changes from their own start on.
  const overview = started.use(createOverview(() => daemon, options.storesMs));
  standOrFall(overview.standing, movedProblem(state));
  const ownership: Ownership = started.use(holdOwnership());
  const onDisk = started.use(
    await openConfigFile({
      path: places.config,
      lastGoodPath: join(places.state, 'last-good.jsonc'),
      checks: [checkReferences, checkSchedules],
      onChange: () => void follower.changed(),
      onFault: (text) => log.write('error', text),
    }),
  );
  const configFile = withKnownDrives(onDisk, state.seen);
  const around = { state, configFile, broadcast, overview, log, now };
  const alarms = started.use(openAlarms(around, options.pace));
  const stop = new AbortController();
  started.defer(() => stop.abort());
  started.defer(async () => await removeTree(rowsFolder(places.state)));
  const backups = started.use(
    listBackups({
      catalogue,
      state,
      config: () => configFile.inForce(),
      onChange: () => {
        broadcast.publish({ topic: 'backups', total: catalogue.count() });
        overview.touch();
      },
      log: log.write,
      now,
      describe: async (path, store, given) =>
        await describeListed(path, store, await keysOf(places.state, given), state.locked),
      onLocked: (paths) => standOrFall(overview.standing, lockedArchives(paths)),
      onLooked: () => options.onWork?.(),
    }),
  );
  const memory = started.use(
    rememberHealth({ history: state.health, now, warn: (text) => log.write('warning', text) }),
  );
  const services = superviseServices({
    services: configFile.inForce()?.services ?? {},
    stateFolder: places.state,
    isGuarded: (service) =>
      isGuarded(places.state) && !holdsSources(service, configFile.inForce() ?? { sources: {} }),
    onChange: (list) => {
      broadcast.publish({ topic: 'services', services: list });
      memory.take(list);
      overview.touch();
    },
    isWatched: () => broadcast.isHeard(),
    onUsage: (list) => broadcast.publish({ topic: 'services', services: list }),
    log: log.write,
    signal: stop.signal,
  });
  started.use(services);
  const config = (): Config => {
    const inForce = configFile.inForce();
    if (inForce !== undefined) return inForce;
    const [problem] = configFile.onDisk().problems;
    if (problem === undefined) throw new KedgeError('config-missing', { path: places.config });
    const where = `line ${problem.line}: ${problem.message}`;
    throw new KedgeError('config-invalid', { path: places.config, problem: where });
  };
  const jobLogs = openJobLogs(places.state);
  const ends = createJobEnds(() => daemon);
  const throughputs = createThroughputRecords(state.throughputs);
  const jobs = createJobs({
    records: state.jobs,
    logs: jobLogs,
    stateFolder: places.state,
    get installation() {
      return state.installation;
    },
    config: (order) =>
      configOfRecovery(order) ?? { config: config(), text: configFile.textInForce() },
    services,
    restartKedge: async () => void (await restartOwnUnit(stop.signal)),
    copies: (job) => copyDesk(daemon, job),
    lastRatio: () => lastFullFigures(daemon).ratio,
    now,
    isAttended: () => broadcast.isAttended(),
    onChange: (job: Job) => {
      options.onWork?.();
      throughputs.take(job, now());
      broadcast.publish({ topic: 'job', job });
      if (job.state.kind !== 'running') overview.touch();
      if (isFinished(job)) schedules.jobEnded(job);
    },
    onLog: log.take,
    onCrash: ends.onCrash,
    onEnd: ends.onEnd,
    refusal: (order) => whyNotNow(places.state, order),
  });
  started.defer(async () => await jobs.close());
  const schedules = started.use(runSchedules(() => daemon));
  const stores = started.use(
    watchStores(
      async () => {
        await backups.refresh();
        // One whose job died after it was sealed, or that was brought back by hand.
        if (!jobs.isClosing()) verifyPending(daemon);
      },
      (text) => log.write('warning', text),
    ),
  );

  const follower = started.use(
    followConfig(() => daemon, {
      ownership,
      watch: (folders) => stores.watch(folders),
      stopping: stop.signal,
      // What keeps it shut is thrown at the end of the start: no reason to leave data half exchanged.
      onRecovering: async () => await openDoor().catch(() => undefined),
    }),
  );

  const daemon: Daemon = {
    places,
    state,
    configFile,
    jobs,
    throughputs,
    jobLogs,
    services,
    backups,
    schedules,
    overview,
    alarms,
    broadcast,
    presence,
    log,
    config,
    undos: async () => await listUndos(places.state),
    now,
    clock: watchClock(now, () => performance.now()),
    transfers: createTransfers(),
    requestStop: options.requestStop,
    [Symbol.asyncDispose]: async () => undefined,
  };

  let opening: Promise<void> | undefined;
  const openDoor = async (): Promise<void> => {
    opening ??= (options.openDoor?.(daemon) ?? Promise.resolve(undefined)).then(
      (door) => void started.use(door),
    );
    await opening;
  };

  overview.begin();
  await follower.start(options.signal);
  showLockoutsOnRecord(daemon);
  started.use(keepHouse(() => daemon));
  started.use(rememberBytes(daemon));
  started.use(offerMetrics(daemon));
  started.use(keepRota(() => daemon));
  started.use(keepAutoReset(() => daemon));
  started.use(watchSpace(() => daemon));
  await openDoor();
  const held = started.move();
  return { ...daemon, [Symbol.asyncDispose]: async () => await held.disposeAsync() };
}
