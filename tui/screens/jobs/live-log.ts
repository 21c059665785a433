import type { LogLine } from '../../../protocol/domain/snapshot.ts';
import { wordClockSeconds } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { type Line, line, span } from '../../widgets/line.ts';
import type { PageSection } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';

/** The log of a job: what was read when its page opened, and what Kedge has told since. */
export function jobLogPage(model: Model, job: number): PageSection {
  const lines = linesOf(model, job);
  return { kind: 'page', id: 'job.log', min: 3, follow: true, lines: () => lines };
}

function linesOf(model: Model, job: number): readonly Line[] {
  const log = model.ui.data.jobLog;
  const live = model.state.log.filter((one) => one.job === job);
  if (log === undefined || log.about !== String(job)) return live.map(drawn);
  switch (log.kind) {
    case 'loading':
      return live.length > 0 ? live.map(drawn) : [line(texts.workbench.loading, 'muted')];
    case 'failed':
      return [line(wordFailure(log.failure).message, 'error')];
    case 'ready': {
      const last = log.value.at(-1)?.atMs ?? 0;
      const all = [...log.value, ...live.filter(({ atMs }) => atMs > last)];
      return all.length === 0 ? [line(texts.jobs.noLog, 'muted')] : all.map(drawn);
    }
    default:
      return log satisfies never;
  }
}

function drawn({ atMs, level, text }: LogLine): Line {
  const bad = level !== 'info';
  return [
    span(` ${wordClockSeconds(atMs)} `, 'muted'),
    span(bad ? `${level}: ${text}` : text, bad ? level : 'plain'),
  ];
}
