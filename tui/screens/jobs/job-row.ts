import type { Job } from '../../../protocol/domain/job.ts';
import { wordNear } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { type Line, span } from '../../widgets/line.ts';
import { progressBar } from '../../widgets/progress-bar.ts';
import { table } from '../../widgets/table.ts';
import type { Model } from '../bench.ts';
import { jobDuration, jobOutcomeWords, jobShare, jobStateWord, jobTone } from './job-words.ts';

/** The table of jobs, drawn in the panel and on the Jobs screen alike. */
export function jobTable(model: Model) {
  const { glyphs, nowMs } = model;
  const columns = table(
    [
      { title: '#', width: 4, align: 'right' },
      { title: texts.jobs.columns.job, width: model.editorColumns < 72 ? 22 : 30 },
      { title: texts.jobs.columns.state, width: 12 },
      { title: texts.jobs.columns.started, width: 9, drop: 1 },
      { title: texts.jobs.columns.took, width: 10, drop: 2 },
      { title: texts.jobs.columns.outcome, width: 'rest', min: 12 },
    ],
    glyphs.ellipsis,
  );
  const row = (job: Job, width: number): Line => {
    const share = jobShare(job);
    const state =
      share === undefined ? span(jobStateWord(job), jobTone(job)) : progressBar(share, 12, glyphs);
    return columns.row(
      [
        String(job.id),
        job.title,
        state,
        job.startedAtMs === undefined ? '' : wordNear(job.startedAtMs, nowMs),
        jobDuration(job, nowMs),
        percent(share) + jobOutcomeWords(job),
      ],
      width,
    );
  };
  return { header: columns.header, row };
}

function percent(share: number | undefined): string {
  return share === undefined ? '' : `${Math.floor(share * 100)} %  `;
}
