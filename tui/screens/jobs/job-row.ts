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
      width: 4,
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
      width: longestWord(texts.states.jobs, 12),
      cell: (job) => stateCell(job, model),
      words: jobStateWord,
    },
    {
      id: 'started',
      title: columns.started,
      width: momentCells('near', 9),
      drop: 1,
      cell: ({ startedAtMs }) => (startedAtMs === undefined ? '' : wordNear(startedAtMs, nowMs)),
      sortBy: ({ startedAtMs }) => startedAtMs,
    },
    {
      id: 'took',
      title: columns.took,
      width: model.editorColumns < 96 ? tookCells : Math.max(tookCells, formatDuration(599).length),
      drop: 2,
      cell: (job) => jobDuration(job, nowMs),
      sortBy: ({ startedAtMs, finishedAtMs = nowMs }) =>
        startedAtMs === undefined ? undefined : finishedAtMs - startedAtMs,
    },
    { id: 'outcome', title: columns.outcome, width: 'rest', min: 12, cell: outcome },
    {
      id: 'origin',
      title: columns.origin,
      width: 10,
      extra: true,
      cell: ({ origin, schedule }) => schedule ?? texts.states.jobOrigins[origin],
    },
  ];
}

/** "9 min 59 s". */
const tookCells = 10;

/** Cells of the other columns beside the outcome, and what lies between them. */
const otherCells = 43;

/** As the longest title wants, as far as what came of jobs leaves it that; at most half of it has to be left. */
function titleCells({ editorColumns, state }: Model): number {
  if (editorColumns < 72) return 22;
  const jobs = state.snapshot?.jobs ?? [];
  const room = editorColumns - otherCells;
  const longest = Math.max(0, ...jobs.map(({ title }) => cellWidth(title)));
  // Words of a running one change all the time, and columns would with them.
  const ended = jobs.filter(isFinished).map((job) => cellWidth(jobOutcomeWords(job)));
  const outcome = Math.min(Math.max(leastOutcome, ...ended), Math.floor(room / 2));
  return Math.max(30, Math.min(longest, room - outcome));
}

const leastOutcome = 20;

function stateCell(job: Job, { glyphs }: Model): Span {
  const share = jobShare(job);
  return share === undefined
    ? span(jobStateWord(job), jobTone(job))
    : progressBar(share, 12, glyphs);
}
