import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import { longestWord } from '../../texts/longest-word.ts';
import { momentCells, wordNear } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { cellWidth } from '../../widgets/cells.ts';
import { type Span, span } from '../../widgets/line.ts';
import type { ListColumn } from '../../widgets/list-spec.ts';
import { progressBar } from '../../widgets/progress-bar.ts';
import type { Model } from '../bench.ts';
import { commandCopies } from '../chosen-rows.ts';
import { jobDuration, jobOutcomeWords, jobShare, jobStateWord, jobTone } from './job-words.ts';
import { queuePlaces } from './queue-places.ts';

const words = texts.jobs;
const columnTitles = words.columns;

/** The list of jobs, on the Jobs screen and, without titles of columns, in the panel. */
export function jobList(model: Model, id: string, bare = false): BuiltList<Job> {
  return buildList(model, {
    id,
    rows: model.state.snapshot?.jobs ?? [],
    columns: columnsOf(model),
    bare,
    min: bare ? 1 : 4,
    markable: true,
    keyOf: (job) => String(job.id),
    open: (job) => ({ command: 'jobs.show', args: { job: job.id } }),
    copies: (job) => [
      { title: words.command, text: job.command },
      { title: texts.lists.id, text: String(job.id) },
      ...commandCopies(
        ['job.show', 'job.log', isFinished(job) ? 'job.retry' : 'job.cancel'].map((command) => ({
          command,
          args: { job: job.id },
        })),
      ),
    ],
    empty: [texts.workbench.panel.noJobs],
  });
}

function columnsOf(model: Model): readonly ListColumn<Job>[] {
  const { nowMs } = model;
  const { columns } = words;
  const places = queuePlaces(model.state.snapshot?.jobs ?? []);
  const outcome = (job: Job): string => {
    const place = places.get(job.id);
    const share = jobShare(job);
    const percent = share === undefined ? '' : `${Math.floor(share * 100)} %  `;
    return place === undefined ? percent + jobOutcomeWords(job) : words.queuedAt(place);
  };
  return [
    {
      id: 'number',
      title: '#',
      width: numberCells,
      align: 'right',
      cell: ({ id }) => String(id),
      sortBy: ({ id }) => id,
    },
    {
      id: 'job',
      title: columns.job,
      width: titleCells(model),
      cell: ({ title }) => title,
    },
    {
      id: 'state',
      title: columns.state,
      width: stateCells(),
      cell: (job) => stateCell(job, model),
      words: jobStateWord,
    },
    {
      id: 'started',
      title: columns.started,
      width: startedCells(model),
      drop: 1,
      cell: ({ startedAtMs }) => (startedAtMs === undefined ? '' : wordNear(startedAtMs, nowMs)),
      sortBy: ({ startedAtMs }) => startedAtMs,
    },
    {
      id: 'took',
      title: columns.took,
      width: tookCells(model),
      drop: 2,
      cell: (job) => jobDuration(job, nowMs),
      sortBy: ({ startedAtMs, finishedAtMs = nowMs }) =>
        startedAtMs === undefined ? undefined : finishedAtMs - startedAtMs,
    },
    { id: 'outcome', title: columns.outcome, width: 'rest', min: leastRest, cell: outcome },
    {
      id: 'origin',
      title: columns.origin,
      width: 10,
      extra: true,
      cell: ({ origin, schedule }) => schedule ?? texts.states.jobOrigins[origin],
    },
  ];
}

const numberCells = 4;
const leastTitle = 30;
const leastRest = 12;

function stateCells(): number {
  return longestWord(texts.states.jobs, 12);
}

/** As wide as what stands there: mostly a time of today, and titles get the rest. */
function startedCells({ nowMs, state }: Model): number {
  const said = (state.snapshot?.jobs ?? []).map(({ startedAtMs }) =>
    startedAtMs === undefined ? 0 : cellWidth(wordNear(startedAtMs, nowMs)),
  );
  return Math.min(momentCells('near', 9), Math.max(cellWidth(columnTitles.started), ...said));
}

/** As long as all took less than a minute, titles get what minutes would. */
function tookCells({ editorColumns, nowMs, state }: Model): number {
  if (editorColumns < 96) return 10;
  const jobs = state.snapshot?.jobs ?? [];
  const isLong = jobs.some(({ startedAtMs = nowMs, finishedAtMs = nowMs }) => {
    return finishedAtMs - startedAtMs >= 60_000;
  });
  return Math.max(6, cellWidth(formatDuration(isLong ? 599 : 59)));
}

/** Cells of the columns beside title and outcome, and what lies between them; in a narrow window without `took`. */
function otherCells(model: Model): number {
  const mark = 2;
  const gap = 2;
  const cells = mark + numberCells + stateCells() + startedCells(model) + 4 * gap;
  const took = tookCells(model) + gap;
  return model.editorColumns - cells - took < leastTitle + leastRest ? cells : cells + took;
}

/** As the longest title wants, as far as why jobs failed leaves it that; at most half of it has to be left. */
function titleCells(model: Model): number {
  const { editorColumns, state } = model;
  if (editorColumns < 72) return 22;
  const jobs = state.snapshot?.jobs ?? [];
  const room = editorColumns - otherCells(model);
  const longest = Math.max(0, ...jobs.map(({ title }) => cellWidth(title)));
  // What came of the others is on their pages, and words of a running one change all the time.
  const reasons = jobs.filter(isBad).map((job) => cellWidth(jobOutcomeWords(job)));
  const outcome = Math.min(Math.max(leastOutcome, ...reasons), Math.floor(room / 2));
  return Math.max(leastTitle, Math.min(longest, room - outcome));
}

/** "579 files read". */
const leastOutcome = 15;

function isBad(job: Job): boolean {
  const tone = jobTone(job);
  return isFinished(job) && (tone === 'error' || tone === 'warning');
}

function stateCell(job: Job, { glyphs }: Model): Span {
  const share = jobShare(job);
  return share === undefined
    ? span(jobStateWord(job), jobTone(job))
    : progressBar(share, 12, glyphs);
}
