import type { Job } from '../../../protocol/domain/job.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import { progressBar } from '../../widgets/progress-bar.ts';
import type { Model } from '../bench.ts';
import { paragraph } from '../page-lines.ts';
import { jobDuration, jobOutcomeWords, jobShare, progressWords } from './job-words.ts';

/** A job in large: its bar, what it does, or why it failed and what to do. */
export function jobProgressLines(
  job: Job | undefined,
  model: Model,
  title: string,
): readonly Line[] {
  const cells = Math.max(20, model.editorColumns - 4);
  const rows =
    job === undefined ? [line(texts.workbench.loading, 'muted')] : bodyOf(job, model, cells);
  return [
    line(` ${title}${job === undefined ? '' : `  (${texts.jobs.job} ${job.id})`}`, 'heading'),
    emptyLine,
    ...rows.map((one): Line => [span('  '), ...one]),
    emptyLine,
  ];
}

function bodyOf(job: Job, model: Model, cells: number): readonly Line[] {
  if (job.state.kind === 'failed') {
    const { message, hint: said } = wordFailure(job.state.failure);
    // For a shell; here a key opens it.
    const hint = job.state.failure.code === 'job-crashed' ? texts.jobs.logSaysMore : said;
    return [
      ...paragraph(message, cells, 'error'),
      ...(hint === undefined ? [] : paragraph(`${model.glyphs.arrow} ${hint}`, cells)),
    ];
  }
  if (job.state.kind !== 'running') return paragraph(jobOutcomeWords(job), cells);
  const share = jobShare(job);
  return [
    ...barOf(share, model, cells),
    ...paragraph(progressWords(job), cells),
    line(texts.jobs.runsSince(jobDuration(job, model.nowMs)), 'muted'),
    ...(job.state.progress.cancellable
      ? []
      : paragraph(texts.jobs.notCancellable, cells, 'warning')),
  ];
}

/** A step of unknown length has no bar: an empty one would say that nothing is done. */
function barOf(share: number | undefined, model: Model, cells: number): readonly Line[] {
  if (share === undefined) return [];
  const bar = progressBar(share, Math.min(60, cells - 8), model.glyphs);
  return [[bar, span(` ${Math.floor(share * 100)} %`, 'strong')]];
}
