import type { Job } from '../../../../protocol/domain/job.ts';
import type { LogLine } from '../../../../protocol/domain/snapshot.ts';
import { wordFailure } from '../../../../protocol/failures.ts';
import type { SupportFacts, SupportFile } from '../facts.ts';
import { jsonFile } from '../json-file.ts';

/** Of the newest jobs, and of so many lines each: what went wrong stands at the end. */
const logsAtMost = 100;
const logBytesAtMost = 4 * 1024 * 1024;

export async function jobFiles(facts: SupportFacts): Promise<readonly SupportFile[]> {
  const { jobs, jobLog, log } = facts;
  const files = [
    logFile('kedge.log', 'what Kedge said since its start', log),
    jsonFile('jobs.json', 'jobs, how they ended and how long they took', jobs.map(describeJob)),
  ];
  let bytes = 0;
  for (const { id, title } of jobs.slice(0, logsAtMost)) {
    const lines = await jobLog(id);
    if (lines.length === 0) continue;
    const file = logFile(`jobs/${id}.log`, title, lines);
    bytes += file.text.length;
    if (bytes > logBytesAtMost) break;
    files.push(file);
  }
  return files;
}

/** Results of comparisons and restores may hold rows; the command line of a restore may name some. */
function describeJob(job: Job) {
  const { id, kind, title, origin, schedule, createdAtMs, startedAtMs, finishedAtMs, state } = job;
  const failure = state.kind === 'failed' ? wordFailure(state.failure).message : undefined;
  const code = state.kind === 'failed' ? state.failure.code : undefined;
  return {
    ...{ id, kind, title, origin, schedule, createdAtMs, startedAtMs, finishedAtMs },
    ...{ state: state.kind, code, failure },
  };
}

function logFile(name: string, what: string, lines: readonly LogLine[]): SupportFile {
  const text = lines.map(
    ({ atMs, level, job, text: said }) =>
      `${new Date(atMs).toISOString()} ${level}${job === undefined ? '' : ` [job ${job}]`} ${said}\n`,
  );
  return { name, what, text: text.join('') };
}
