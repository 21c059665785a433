import type { Store } from '../../../protocol/domain/snapshot.ts';
import type { SpaceHistory } from '../../../protocol/domain/space.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { spaceTexts as words } from '../../texts/texts.ts';
import type { Tone } from '../../theme/theme.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import { plotLines } from '../../widgets/plot-lines.ts';
import type { Model } from '../bench.ts';
import { labelled } from '../page-lines.ts';

const dayMs = 24 * 3_600_000;
const plotRows = 3;
const widest = 90;
const fewestSamples = 3;

/** When a destination will be full, in words, above what it held in the last weeks; nothing of one that is not there. */
export function forecastLines(store: Store | undefined, model: Model): readonly Line[] {
  const { spaceHistory: read } = model.ui.data;
  if (store === undefined || read?.kind !== 'ready') return [];
  const place = read.value.places.find(({ stores }) => stores.includes(store.id));
  if (place?.freeBytes === undefined) return [];
  const cells = model.editorColumns - 4;
  return [
    emptyLine,
    ...labelled(words.forecast.title, forecastWords(place), cells, toneOf(place)),
    ...heldPlot(place, model, Math.min(widest, cells)),
  ].map((one): Line => [span('  '), ...one]);
}

function forecastWords({ growthBytesPerDay: growth, fullInDays }: SpaceHistory): string {
  if (growth === undefined) return words.forecast.unknown;
  const byDay = formatBytes(Math.abs(growth));
  if (growth <= 0) return words.forecast.shrinks(byDay);
  return fullInDays === undefined
    ? words.forecast.grows(byDay)
    : words.forecast.full(byDay, Math.floor(fullInDays));
}

/** As the problem that is made of it. */
function toneOf({ fullInDays = Number.POSITIVE_INFINITY }: SpaceHistory): Tone {
  if (fullInDays < 3) return 'error';
  return fullInDays < 14 ? 'warning' : 'plain';
}

/** What was taken of the disk, by whomever, up to its whole size. */
function heldPlot(place: SpaceHistory, { nowMs, glyphs }: Model, width: number): readonly Line[] {
  const { samples, totalBytes } = place;
  const [first] = samples;
  if (totalBytes === undefined || first === undefined || samples.length < fewestSamples) return [];
  const days = Math.max(1, Math.ceil((nowMs - first.atMs) / dayMs));
  return plotLines(
    {
      samples: samples.map(({ atMs, freeBytes }) => ({ atMs, value: totalBytes - freeBytes })),
      fromMs: nowMs - days * dayMs,
      untilMs: nowMs,
      most: totalBytes,
      wordOf: formatBytes,
      from: words.forecast.from(days),
      until: words.forecast.until,
    },
    width,
    plotRows,
    glyphs,
  );
}
