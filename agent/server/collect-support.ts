import type { DoctorFinding } from '../../protocol/domain/doctor.ts';
import { runDoctor } from '../setup/doctor/run-doctor.ts';
import { collectSupport } from '../setup/support/collect.ts';
import { packSupport } from '../setup/support/pack.ts';
import type { Daemon } from './daemon.ts';
import { doctorFacts } from './doctor-facts.ts';

const dayMs = 24 * 3_600_000;
const runsDays = 30;
const runsAtMost = 2_000;
const jobsAtMost = 500;
const jobLinesAtMost = 1_000;
const logLinesAtMost = 2_000;

/** A support bundle as it would be written, with the list of what is in it. */
export async function collectBundle(
  daemon: Daemon,
  ofClient: readonly DoctorFinding[],
  signal: AbortSignal,
) {
  const known = await doctorFacts(daemon);
  const { text: configText, problems: configProblems } = daemon.configFile.onDisk();
  const { state, alarms, now } = daemon;
  const { files, hidden } = await collectSupport(
    {
      ...known,
      findings: [...(await runDoctor(known, signal)), ...ofClient],
      configText,
      configProblems,
      installation: state.installation,
      jobs: state.jobs.page(0, jobsAtMost),
      jobLog: async (job) => await daemon.jobLogs.read(job, jobLinesAtMost),
      log: daemon.log.tail(logLinesAtMost),
      runs: state.runs.between(now() - runsDays * dayMs, now(), runsAtMost),
      alarms: [...alarms.current(), ...alarms.cured()],
      health: state.health,
    },
    signal,
  );
  const name = `kedge-support-${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '-')}`;
  const bundle = await packSupport(name, files, now());
  return {
    name: `${name}.tar.gz`,
    files: files.map(({ name: file, what, text }) => ({
      name: file,
      what,
      sizeBytes: Buffer.byteLength(text),
    })),
    hidden,
    bundle: bundle.toString('base64'),
  };
}
