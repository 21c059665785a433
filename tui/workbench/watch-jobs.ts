import { isFinished, type Job } from '../../protocol/domain/job.ts';
import type { Bench } from '../screens/bench.ts';
import { jobOutcomeWords, jobStateWord, jobTone } from '../screens/jobs/job-words.ts';
import type { ToastTone } from '../store/ui-state.ts';
import { formats } from '../texts/formats.ts';
import { texts } from '../texts/texts.ts';
import { wordFailure } from '../texts/word-failure.ts';
import { cellWidth } from '../widgets/cells.ts';
import { closeOutlivedQuestion } from './outlived-question.ts';

export interface JobWatch {
  /** Tells how a job ended, once it has. */
  add(job: number): void;
  /** To be called when the state changed. */
  look(): void;
}

/** What was started in this window says here when it is over, wherever one is by then. */
export function watchJobs(bench: () => Bench): JobWatch {
  const waiting = new Set<number>();
  let hasLooked = false;
  return {
    add: (job) => waiting.add(job),
    look() {
      const { snapshot } = bench().session.store.get();
      if (snapshot === undefined) return;
      closeOutlivedQuestion(bench());
      if (!hasLooked) {
        hasLooked = true;
        tellAtWork(bench(), snapshot.jobs);
      }
      if (waiting.size === 0) return;
      const { jobs } = snapshot;
      for (const job of jobs) {
        if (!waiting.has(job.id) || !isFinished(job)) continue;
        waiting.delete(job.id);
        bench().notify(toneOf(job), wordsOf(job, bench().model().columns));
      }
    },
  };
}

/** What an earlier window began, or a schedule: it went on without anybody looking. */
function tellAtWork(bench: Bench, jobs: readonly Job[]): void {
  const [first, ...more] = jobs.filter((job) => !isFinished(job));
  if (first !== undefined) bench.notify('muted', texts.workbench.atWork(first.title, more.length));
}

/** The sign before it, and the key to all of it behind. */
export const besideMessage = 12;

function toneOf(job: Job): ToastTone {
  const tone = jobTone(job);
  return tone === 'ok' || tone === 'warning' || tone === 'error' ? tone : 'muted';
}

/** What came of it first, where a long title would push it out of the line. */
function wordsOf(job: Job, columns: number): string {
  if (job.state.kind === 'failed') {
    const { message, hint } = wordFailure(job.state.failure);
    return `${job.title}: ${message}${hint === undefined ? '' : `. ${hint}`}`;
  }
  const came = jobOutcomeWords(job);
  const isSaid = job.state.kind === 'cancelled' && job.state.gaveWayTo === undefined;
  const outcome = isSaid ? came : `${jobStateWord(job)}${formats().comma}${came}`;
  const titleFirst = `${job.title}: ${outcome}`;
  return cellWidth(titleFirst) < columns - besideMessage ? titleFirst : `${outcome} (${job.title})`;
}
