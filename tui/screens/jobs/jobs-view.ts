import type { BackupDiff } from '../../../protocol/domain/diff.ts';
import type { Job } from '../../../protocol/domain/job.ts';
import { isFinished } from '../../../protocol/domain/job.ts';
import { leavesRows } from '../../commands/report/diff-lines.ts';
import { formats } from '../../texts/formats.ts';
import { wordMomentFully } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Button, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { selectedIn } from '../chosen-rows.ts';
import { labelled, labelOf } from '../page-lines.ts';
import { diffOf, diffSections } from './diff-page.ts';
import { drillReport } from './drill-report.ts';
import { findJob } from './find-job.ts';
import { jobProgressLines } from './job-progress.ts';
import { jobList } from './job-row.ts';
import { jobDuration, jobStateWord, jobTone } from './job-words.ts';
import { jobLogList } from './live-log.ts';
import { throughputLines } from './throughput-plot.ts';

const words = texts.jobs;

export function jobSections(model: Model): readonly Section[] {
  const page = model.ui.pages.jobs;
  return page?.kind === 'job' ? detailSections(model, page.job) : listSections(model);
}

export const jobListId = 'jobs.list';

/** All jobs, and below them how fast the selected one was and what it says. */
function listSections(model: Model): readonly Section[] {
  const list = jobList(model, jobListId);
  const job = selectedIn(model, list);
  if (job === undefined) return [list];
  const title = line(` ${words.logOf(job.id, job.title)}`, 'heading');
  return [
    list,
    { kind: 'lines', lines: throughputLines(job, model, model.editorColumns - 2), drop: 3 },
    { kind: 'lines', lines: [title], drop: 2 },
    jobLogList(model, job.id, 'jobs.log'),
  ];
}

/** Whose log is shown: of the page, or of the selected row. */
export function jobInFront(model: Model): number | undefined {
  const page = model.ui.pages.jobs;
  return page?.kind === 'job' ? page.job : selectedIn(model, jobList(model, jobListId))?.id;
}

function detailSections(model: Model, id: number): readonly Section[] {
  const job = findJob(model, id);
  if (job === undefined) {
    if (model.ui.data.job?.kind === 'loading') {
      return [{ kind: 'lines', lines: [line(` ${texts.workbench.loading}`, 'muted')] }];
    }
    return [{ kind: 'lines', lines: [line(` ${words.gone(id)}`, 'warning')] }];
  }
  const diff = diffOf(job);
  return [
    { kind: 'lines', lines: jobProgressLines(job, model, job.title) },
    { kind: 'lines', lines: factLines(job, model), drop: 3 },
    { kind: 'lines', lines: throughputLines(job, model, model.editorColumns - 2), drop: 4 },
    { kind: 'lines', lines: drillReport(job, model), drop: 2 },
    { kind: 'buttons', buttons: [...buttonsOf(job), ...rowsButton(diff)] },
    { kind: 'lines', lines: [line(` ${diff === undefined ? words.log : words.diff}`, 'heading')] },
    ...(diff === undefined ? [jobLogList(model, id, 'job.log')] : diffSections(model, id, diff)),
  ];
}

function factLines(job: Job, model: Model): readonly Line[] {
  const cells = model.editorColumns - 4;
  const origin = texts.states.jobOrigins[job.origin];
  const rows = [
    ...labelled(labelOf(words.columns.state), jobStateWord(job), cells, jobTone(job)),
    ...labelled(
      words.origin,
      job.schedule === undefined ? origin : `${origin} ${job.schedule}`,
      cells,
    ),
    ...labelled(
      labelOf(words.columns.started),
      job.startedAtMs === undefined
        ? isFinished(job)
          ? words.neverStarted
          : words.notStarted
        : `${wordMomentFully(job.startedAtMs)}${formats().comma}${jobDuration(job, model.nowMs)}`,
      cells,
    ),
    ...labelled(words.command, job.command, cells, 'accent'),
  ];
  return [...rows.map((one): Line => [span('  '), ...one]), emptyLine];
}

/** The same comparison once more, down to the rows. */
function rowsButton(diff: BackupDiff | undefined): readonly Button[] {
  if (diff === undefined || !leavesRows(diff)) return [];
  const args = { from: diff.before.backup, to: diff.after.backup, rows: true };
  return [{ id: 'job.rows', label: words.countRows, action: { command: 'backup.diff', args } }];
}

function buttonsOf(job: Job): readonly Button[] {
  const back: Button = { id: 'job.back', label: words.back, action: { command: 'back' } };
  const args = { job: job.id };
  const copy: Button = {
    id: 'job.copy',
    label: words.copy,
    action: { command: 'copy', args: { text: job.command } },
  };
  if (!isFinished(job)) {
    return [
      back,
      { id: 'job.cancel', label: words.cancel, action: { command: 'job.cancel', args } },
      copy,
    ];
  }
  if (job.state.kind === 'done') return [back, copy];
  return [
    back,
    { id: 'job.retry', label: words.retry, action: { command: 'job.retry', args } },
    copy,
  ];
}
