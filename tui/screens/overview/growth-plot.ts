import { spaceHistory } from '../../../protocol/methods/space.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { texts } from '../../texts/texts.ts';
import { type Line, line, span } from '../../widgets/line.ts';
import { plotLines } from '../../widgets/plot-lines.ts';
import type { Bench, Model } from '../bench.ts';

const words = texts.overview;
/** Days that the plot goes back. */
const plotDays = 90;
const dayMs = 24 * 3_600_000;
const plotRows = 3;
const widest = 100;

/** Asks for what was stored in the last days; the same figures tell when a destination is full. */
export function loadSpaceHistory(bench: Bench): void {
  bench.load('spaceHistory', 'all', async () => {
    return await bench.session.call(spaceHistory, { days: plotDays });
  });
}

/** The bytes of all backups over the last 90 days; nothing before there are two days to compare. */
export function growthLines({ ui, nowMs, glyphs }: Model, cells: number): readonly Line[] {
  const { spaceHistory: read } = ui.data;
  if (read?.kind !== 'ready') return [];
  const samples = read.value.stored.map(({ atMs, bytes }) => ({ atMs, value: bytes }));
  const [first] = samples;
  if (samples.length < 3 || first === undefined) return [];
  const chart = plotLines(
    {
      samples,
      fromMs: nowMs - plotDays * dayMs,
      untilMs: nowMs,
      wordOf: formatBytes,
      from: words.growthEnds.from(plotDays),
      until: words.growthEnds.until,
    },
    Math.min(widest, cells),
    plotRows,
    glyphs,
  );
  return [
    line(words.growth(plotDays), 'heading'),
    ...chart.map((one): Line => one.map((part) => span(part.text, part.tone, showSpace))),
  ];
}

const showSpace = { command: 'destinations.space' };
