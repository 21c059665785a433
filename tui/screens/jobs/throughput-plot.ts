import type { Job } from '../../../protocol/domain/job.ts';
import { formatRate } from '../../texts/bytes.ts';
import { texts } from '../../texts/texts.ts';
import { formatClock } from '../../texts/time.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import { plotLines } from '../../widgets/plot-lines.ts';
import type { Model } from '../bench.ts';

const words = texts.jobs;
const plotRows = 3;
const widest = 90;
const fewestPoints = 3;

/** Bytes a second over the life of a job; nothing for one that was too short, or is from before Kedge's start. */
export function throughputLines(job: Job, { ui, glyphs }: Model, cells: number): readonly Line[] {
  const { throughput: read } = ui.data;
  if (read?.kind !== 'ready' || read.about !== String(job.id)) return [];
  const { value } = read;
  if (value === undefined || value.bytesPerSecond.length < fewestPoints) return [];
  const { fromMs, everyMs, bytesPerSecond } = value;
  const most = Math.max(...bytesPerSecond);
  if (most === 0) return [];
  const untilMs = fromMs + bytesPerSecond.length * everyMs;
  const chart = plotLines(
    {
      samples: bytesPerSecond.map((rate, at) => ({ atMs: fromMs + at * everyMs, value: rate })),
      fromMs,
      untilMs,
      wordOf: formatRate,
      from: '0:00',
      until: formatClock((untilMs - fromMs) / 1000),
    },
    Math.min(widest, cells),
    plotRows,
    glyphs,
  );
  return [emptyLine, line(words.throughput, 'heading'), ...chart].map(
    (one): Line => [span(' '), ...one],
  );
}
