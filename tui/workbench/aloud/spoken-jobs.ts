import type { Job } from '../../../protocol/domain/job.ts';
import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import { jobShare, jobStateWord } from '../../screens/jobs/job-words.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';

const stepOfShare = 10;

/** What Kedge tells of itself: jobs with each tenth of their way, services and problems. */
export function spokenNews(before: Snapshot, after: Snapshot): readonly string[] {
  if (before === after) return [];
  return [
    ...jobNews(before.jobs, after.jobs),
    ...serviceNews(before, after),
    ...problemNews(before, after),
  ];
}

function jobNews(before: readonly Job[], after: readonly Job[]): readonly string[] {
  if (before === after) return [];
  return after.flatMap((job) => {
    const old = before.find(({ id }) => id === job.id);
    const words = jobWords(job);
    if (words === '' || (old !== undefined && jobWords(old) === words)) return [];
    return [texts.aloud.job(job.id, job.title, words)];
  });
}

/** The same words for all of a tenth of the way. */
function jobWords(job: Job): string {
  const { state } = job;
  if (state.kind === 'failed') return `${jobStateWord(job)}, ${wordFailure(state.failure).message}`;
  if (state.kind !== 'running') return jobStateWord(job);
  const share = jobShare(job);
  const { step } = state.progress;
  if (share === undefined) return step;
  const percent = Math.floor((share * 100) / stepOfShare) * stepOfShare;
  return `${step}, ${texts.aloud.percent(percent)}`;
}

function serviceNews({ services: before }: Snapshot, { services }: Snapshot): readonly string[] {
  return services.flatMap(({ id, health, why }) =>
    before.some((old) => old.id === id && old.health === health)
      ? []
      : [texts.aloud.service(id, health, why)],
  );
}

function problemNews({ problems: before }: Snapshot, { problems }: Snapshot): readonly string[] {
  return problems.flatMap(({ id, severity, text }) =>
    before.some((old) => old.id === id) ? [] : [texts.aloud.problem(severity, text)],
  );
}
