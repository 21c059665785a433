import type { RetentionLine } from '../../../protocol/domain/retention.ts';
import type { ComingRun } from '../../../protocol/domain/schedule.ts';
import type { Loaded, LoadedData } from '../../store/ui-state.ts';
import { formats } from '../../texts/formats.ts';
import { longestWord } from '../../texts/longest-word.ts';
import { wordAhead } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { wordSchedule } from '../../texts/word-schedule.ts';
import { cellWidth, fitText } from '../../widgets/cells.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import { wordWrap } from '../../widgets/word-wrap.ts';
import type { Model } from '../bench.ts';
import { bullet, paragraph } from '../page-lines.ts';
import { readSettings } from './read-settings.ts';
import { readForm, type ScheduleForm } from './schedule-form.ts';
import type { SchedulePage } from './schedule-page.ts';

const words = texts.schedules.preview;
type Preview = NonNullable<LoadedData['preview']>;
type ReadyPreview = Extract<Preview, { readonly kind: 'ready' }>['value'];

/** What the form means in words, its next runs and what would be deleted, as Kedge itself reckons them. */
export function previewLines(model: Model, page: SchedulePage, width: number): readonly Line[] {
  const form = readForm(model);
  const title = line(words.title, 'heading');
  const read = readSettings(form, page.read);
  if (read.kind === 'faulty') return [title, line(words.waits, 'muted')];
  const { preview, retention } = model.ui.data;
  if (preview === undefined) return [title];
  if (preview.kind === 'loading') return [title, line(texts.workbench.loading, 'muted')];
  if (preview.kind === 'failed') {
    return [title, ...bullet('!', wordFailure(preview.failure).message, width, 'warning')];
  }
  return [
    title,
    ...paragraph(wordSchedule(read.settings, preview.value.words), width, 'strong'),
    ...(page.read?.paused === true ? bullet('!', words.paused, width, 'warning') : []),
    ...(preview.value.notes ?? []).flatMap((note) => bullet('!', note, width, 'warning')),
    line(words.runs, 'heading'),
    ...runLines(preview.value, form, model, width),
    ...retentionLines(retention, form, width),
  ];
}

function runLines(
  { runs, nextMs }: ReadyPreview,
  form: ScheduleForm,
  model: Model,
  width: number,
): readonly Line[] {
  const zone = form.zone.trim();
  const coming: readonly ComingRun[] = runs ?? nextMs.map((atMs) => ({ atMs, kind: 'full' }));
  const { kinds } = texts.schedules;
  const shown = coming.slice(0, 10).map((run) => ({ ...run, at: wordRun(run.atMs, zone) }));
  const atCells = Math.max(0, ...shown.map(({ at }) => cellWidth(at)));
  const kindCells = longestWord(kinds, 4);
  const lines = shown.flatMap(({ atMs, at, kind, note }): readonly Line[] => {
    const row = [
      span(`${model.glyphs.arrow} ${fitText(at, atCells, '')}  `),
      span(fitText(kinds[kind], kindCells, ''), kind === 'full' ? 'strong' : 'plain'),
      span(`  ${wordAhead(atMs, model.nowMs)}`, 'muted'),
    ];
    return [row, ...noteLines(note, width)];
  });
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone === here ? lines : [...lines, line(words.zone(zone), 'muted')];
}

function noteLines(note: string | undefined, width: number): readonly Line[] {
  if (note === undefined) return [];
  return wordWrap(note, width - 4).map((row) => line(`    ${row}`, 'warning'));
}

/** In the zone of the schedule: "Sun 22 Nov 02:00". */
function wordRun(atMs: number, timeZone: string): string {
  const { locale, weekdays } = formats();
  const part = partsIn(locale, timeZone, atMs);
  // Some months have four letters in these languages; in others none is shortened.
  const isShort = /^\p{Script=Latin}.{0,3}$/u.test(part('month'));
  const month = isShort ? part('month').slice(0, 3) : part('month');
  // Short in every language, which those of Intl are not.
  const weekday = weekdays[englishDays.indexOf(partsIn('en-US', timeZone, atMs)('weekday'))] ?? '';
  return `${weekday} ${part('day')} ${month} ${part('hour')}:${part('minute')}`;
}

const englishDays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function partsIn(
  locale: string,
  timeZone: string,
  atMs: number,
): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(atMs);
  return (type) => parts.find((one) => one.type === type)?.value ?? '';
}

function retentionLines(
  retention: Loaded<readonly RetentionLine[]> | undefined,
  form: ScheduleForm,
  width: number,
): readonly Line[] {
  if (form.deleteOlderThan.trim() === '' && form.keep.trim() === '') {
    return [line(words.never, 'muted')];
  }
  if (retention?.kind !== 'ready') return [emptyLine];
  const goes = retention.value.filter(({ verdict }) => verdict === 'goes').length;
  if (retention.value.length === 0) return paragraph(words.noBackups, width, 'muted');
  const text = words.deletes(goes, retention.value.length);
  return paragraph(text, width, goes === 0 ? 'plain' : 'warning');
}
