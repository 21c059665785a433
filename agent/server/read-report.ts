import { hostname } from 'node:os';
import type { Report } from '../../protocol/domain/report.ts';
import { buildReport } from '../setup/report/build-report.ts';
import type { Daemon } from './daemon.ts';
import { bytesOf } from './metrics/remember-bytes.ts';
import { readSpace } from './space/read-space.ts';

const dayMs = 24 * 3_600_000;
/** A schedule that runs every other minute makes this many in two weeks. */
const runsAtMost = 10_000;
const jobsAtMost = 1_000;

/** The last days until now. */
export async function readReport(daemon: Daemon, days: number): Promise<Report> {
  const untilMs = daemon.now();
  const fromMs = untilMs - days * dayMs;
  const { figures } = await daemon.overview.seen();
  const { state, alarms } = daemon;
  const { name, contact } = daemon.config().application;
  return buildReport({
    application: { name, contact },
    host: hostname(),
    fromMs,
    untilMs,
    schedules: daemon.schedules.list(),
    runs: state.runs.between(fromMs, untilMs, runsAtMost),
    jobs: (['backup', 'drill'] as const).flatMap((kind) =>
      state.jobs.unscheduled(kind, fromMs, untilMs, jobsAtMost),
    ),
    backups: daemon.backups.all().filter(({ installation }) => installation === state.installation),
    unverified: figures.unverifiedFulls,
    bytesBefore: state.bytes.nearest(fromMs),
    bytesNow: bytesOf(figures),
    space: await readSpace(daemon),
    alarms: [...alarms.current(), ...alarms.cured()],
    problems: daemon.overview.problems(),
  });
}
