import type { LogLine } from '../../../protocol/domain/snapshot.ts';
import { linesOf } from '../../store/log-ring.ts';
import { wordClockSeconds } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { span } from '../../widgets/line.ts';
import type { Model } from '../bench.ts';

const words = texts.jobs;

/** The log of a job: what was read when its page opened, and what Kedge has told since. */
export function jobLogList(model: Model, job: number, id: string): BuiltList<LogLine> {
  return buildList(model, {
    id,
    rows: linesOfJob(model, job),
    columns: [
      {
        id: 'time',
        title: words.logColumns.time,
        width: 8,
        cell: ({ atMs }) => span(wordClockSeconds(atMs), 'muted'),
        sortBy: ({ atMs }) => atMs,
      },
      {
        id: 'text',
        title: words.logColumns.text,
        width: 'rest',
        cell: ({ level, text }) =>
          level === 'info' ? text : span(`${words.levels[level]}: ${text}`, level),
      },
    ],
    bare: true,
    min: 3,
    follow: true,
    markable: true,
    keyOf: ({ atMs, text }) => `${atMs} ${text}`,
    open: ({ text }) => ({ command: 'copy', args: { text } }),
    empty: [emptyWords(model, job)],
  });
}

function linesOfJob({ ui, state }: Model, job: number): readonly LogLine[] {
  const live = linesOf(state.log).filter((one) => one.job === job);
  const { jobLog: read } = ui.data;
  if (read?.about !== String(job) || read.kind !== 'ready') return live;
  const last = read.value.at(-1)?.atMs ?? 0;
  const known = new Set(read.value.filter(({ atMs }) => atMs === last).map(({ text }) => text));
  const isNew = ({ atMs, text }: LogLine): boolean =>
    atMs > last || (atMs === last && !known.has(text));
  return [...read.value, ...live.filter(isNew)];
}

function emptyWords({ ui }: Model, job: number): string {
  const { jobLog: read } = ui.data;
  if (read?.about !== String(job)) return words.noLog;
  if (read.kind === 'failed') return wordFailure(read.failure).message;
  return read.kind === 'loading' ? texts.workbench.loading : words.noLog;
}
