import type { Backup } from '../../protocol/domain/backup.ts';
import type { Job } from '../../protocol/domain/job.ts';
import type { Problem, Snapshot, Store } from '../../protocol/domain/snapshot.ts';
import { type AbsenceInput, findAbsences } from '../alarms/find-absences.ts';
import type { SourceSettings } from '../config/config.ts';
import { findShutOuts } from '../databases/shut-outs.ts';
import { errorMessage } from '../os/error-code.ts';
import { spaceOf } from '../os/files.ts';
import { journaledJobs } from '../restore/recover.ts';
import { openSource } from '../sources/source-kinds.ts';
import { clockDoubt } from './clock-doubt.ts';
import { overdueCopies, submitDueCopies } from './copies/submit-due-copies.ts';
import type { Daemon } from './daemon.ts';
import { keyProblems } from './key-problems.ts';
import { type BackupFigures, backupFigures } from './metrics/backup-figures.ts';
import { findProblems, isSick, type ProblemInput } from './problems.ts';
import { type Returns, returnsOf } from './returns.ts';
import { sendSummaries } from './send-summaries.ts';
import type { KeptDown } from './service-hint.ts';
import { readStoreStates } from './store-states.ts';

/** Stores and problems, kept up to date and published when they change. */
export interface Overview extends AsyncDisposable {
  /** Looks for the first time, and from then on regularly: once everything that it asks is there. */
  begin(): void;
  /** Something they are made of changed; looked at again soon, once it has begun. */
  touch(): void;
  problems(): readonly Problem[];
  /** Names of the stores that were there when last looked at; none before that. */
  onlineStores(): readonly string[];
  /** Names of the stores that were not reachable when last looked at. */
  offlineStores(): readonly string[];
  snapshot(): Promise<Snapshot>;
  /** As when last looked at, which is never long ago: for who asks often. */
  seen(): Promise<{ readonly stores: readonly Store[]; readonly figures: BackupFigures }>;
  /** What recovery did at this start, for the first screen. */
  readonly recovered: string[];
  /** Problems that stand until what found them takes them away, by their id. */
  readonly standing: Map<string, Omit<Problem, 'sinceMs'>>;
}

/** Changes come in bursts; stores are also looked at by themselves this often. */
const settleMs = 150;
const usualStoresMs = 30_000;
const listMs = 15 * 60_000;
/** Of the process; what was missed is taken within it. */
const startMs = 60_000;
const jobsShown = 200;

export function createOverview(daemon: () => Daemon, storesMs = usualStoresMs): Overview {
  let problems: readonly Problem[] = [];
  let stores: readonly Store[] = [];
  let figures: BackupFigures | undefined;
  let returns: Returns = { checkpoints: [] };
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  const looks = new Set<Promise<void>>();
  const recovered: string[] = [];
  const standing = new Map<string, Omit<Problem, 'sinceMs'>>();

  const look = async (): Promise<void> => {
    timer = undefined;
    const { broadcast, configFile, backups, state: records } = daemon();
    const all = backups.all();
    const nextStores = await readStoreStates(configFile.inForce(), all, records.seen);
    if (!same(nextStores, stores)) broadcast.publish({ topic: 'stores', stores: nextStores });
    const cameOrWent = !same(reachOf(nextStores), reachOf(stores));
    stores = nextStores;
    figures = backupFigures(all, daemon().state.installation, daemon().now());
    // Its backups are there again, or are not: a mount tells nobody.
    if (cameOrWent) void backups.refresh().then(() => submitDueCopies(daemon(), true));
    const nextReturns = returnsOf(all, daemon().now());
    if (!same([nextReturns], [returns]))
      broadcast.publish({ topic: 'checkpoints', ...nextReturns });
    returns = nextReturns;
    const undos = await daemon().undos();
    const folder = daemon().places.state;
    const state = { folder, freeBytes: (await spaceOf(folder)).freeBytes };
    // What somebody removes is no loss.
    const kept = undos.filter(({ isRemoved }) => isRemoved !== true);
    const input = { ...problemInput(daemon(), stores, all), undos: kept, state };
    const keys = await keyProblems(daemon());
    // Nothing is waited for from here on: what is asked of the desk belongs to this look.
    const { alarms } = daemon();
    const next = alarms.look([
      ...standing.values(),
      ...keys,
      ...findProblems(input),
      // Asked also at a start, as that keeps since when; but the run that catches up has not begun yet.
      ...findAbsences(absenceInput(daemon(), all)).filter(() => performance.now() > startMs),
      ...overdueCopies(daemon()),
      ...alarms.routeProblems(),
    ]);
    if (!same(next, problems)) broadcast.publish({ topic: 'problems', problems: next });
    problems = next;
    sendSummaries(daemon());
  };
  const lookSafely = (): void => {
    const oneLook = look()
      .catch((error: unknown) => daemon().log.write('error', `overview: ${errorMessage(error)}`))
      .finally(() => looks.delete(oneLook));
    looks.add(oneLook);
  };
  const touch = (): void => {
    if (looking) timer ??= setTimeout(lookSafely, settleMs).unref();
  };
  let regular: NodeJS.Timeout | undefined;
  let listing: NodeJS.Timeout | undefined;

  return {
    recovered,
    standing,
    begin() {
      looking = true;
      regular = setInterval(lookSafely, storesMs).unref();
      // Network file systems tell of no change: they are listed.
      listing = setInterval(() => void daemon().backups.refresh(), listMs).unref();
      touch();
    },
    touch,
    problems: () => problems,
    onlineStores: () => stores.filter((store) => store.state === 'online').map((store) => store.id),
    offlineStores: () =>
      stores.filter((store) => store.state !== 'online').map((store) => store.id),
    async seen() {
      if (figures === undefined) await look();
      return { stores, figures: figures ?? backupFigures([], '', daemon().now()) };
    },
    async snapshot() {
      await look();
      return { ...(await buildSnapshot(daemon(), stores, problems, recovered)), ...returns };
    },
    [Symbol.asyncDispose]: async () => {
      looking = false;
      clearInterval(regular);
      clearInterval(listing);
      clearTimeout(timer);
      await Promise.all(looks);
    },
  };
}

async function buildSnapshot(
  daemon: Daemon,
  stores: readonly Store[],
  problems: readonly Problem[],
  recovered: readonly string[],
): Promise<Snapshot> {
  const config = daemon.configFile.inForce();
  // Before what is read below: a change meanwhile is then told again rather than missed.
  const seq = daemon.broadcast.seq();
  const undos = await daemon.undos();
  const moved = daemon.state.machine.moved();
  return {
    seq,
    nowMs: daemon.now(),
    ...(config === undefined ? {} : { application: config.application }),
    ...(config?.demo === undefined
      ? {}
      : { demo: { home: daemon.places.home, url: config.demo.url } }),
    configPath: daemon.places.config,
    configRevision: daemon.configFile.onDisk().revision,
    sources: Object.entries(config?.sources ?? {}).map(([id, source]) => ({
      id,
      engine: source.engine,
      path: liveOf(id, source),
    })),
    stores,
    services: daemon.services.services(),
    schedules: daemon.schedules.list(),
    jobs: daemon.state.jobs.page(0, jobsShown).map((job) => daemon.jobs.current(job)),
    undos,
    problems,
    alarms: daemon.alarms.current(),
    backupCount: daemon.backups.count(),
    people: daemon.presence.people(),
    ...(moved === undefined ? {} : { moved }),
    recovered: [...recovered],
  };
}

/** Of a database in a server: which one. */
function liveOf(id: string, settings: SourceSettings): string {
  const { paths, live } = openSource(id, settings);
  return paths.length === 0 ? live : paths.join(', ');
}

function reachOf(stores: readonly Store[]): readonly object[] {
  return stores.map(({ id, state }) => ({ id, state }));
}

function problemInput(
  daemon: Daemon,
  stores: readonly Store[],
  backups: ReturnType<Daemon['backups']['all']>,
): Omit<ProblemInput, 'undos' | 'state'> {
  const schedules = daemon.schedules.list();
  const { path } = daemon.configFile;
  const ids = [undefined, ...schedules.map((schedule) => schedule.id)];
  const failedJobs = ids
    .flatMap((id) => [
      daemon.state.jobs.newestOutcome('backup', id),
      daemon.state.jobs.newestOutcome('verify', id),
    ])
    .concat(daemon.state.jobs.newestOutcome('recovery'), daemon.state.jobs.newestOutcome('drill'))
    .filter((job): job is Job => job?.state.kind === 'failed');
  return {
    nowMs: daemon.now(),
    config: { path, problems: daemon.configFile.onDisk().problems },
    stores,
    services: daemon.services.services(),
    schedules,
    backups,
    failedJobs,
    servicesInHand: handlesServices(daemon.jobs.writing()),
    keptDown: keptDown(daemon),
    clockDoubt: clockDoubt(daemon, backups),
  };
}

/** Read only where it matters. */
function keptDown({ services, state, places }: Daemon): KeptDown {
  if (!services.services().some(isSick)) return { unsettled: [], shutOut: [] };
  const atWork = state.jobs.unfinished().map(({ job }) => job.id);
  return {
    unsettled: journaledJobs(places.state).filter((id) => !atWork.includes(id)),
    shutOut: findShutOuts(places.state).map(({ service }) => service),
  };
}

function absenceInput(daemon: Daemon, backups: readonly Backup[]): AbsenceInput {
  const working = daemon.state.jobs.unfinished().map(({ job }) => job);
  return {
    nowMs: daemon.now(),
    schedules: daemon.schedules.list(),
    backups,
    since: daemon.alarms.since,
    runningSince: (id) =>
      working.find(({ kind, schedule }) => kind === 'backup' && schedule === id)?.createdAtMs,
  };
}

/** Free space moves all the time: only a change of a tenth of a percent is news. */
function same(a: readonly object[], b: readonly object[]): boolean {
  const coarse = (key: string, value: unknown): unknown =>
    key === 'freeBytes' ? Math.round(Number(value) / 64e6) : value;
  return JSON.stringify(a, coarse) === JSON.stringify(b, coarse);
}

/** What a job stops on purpose is no problem while it is at work. */
function handlesServices(job: Job | undefined): boolean {
  return job !== undefined && job.kind !== 'backup';
}
