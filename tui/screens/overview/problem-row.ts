import { deliveryWords, placeWords } from '../../commands/report/alarm-lines.ts';
import { formats } from '../../texts/formats.ts';
import { wordAgo } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import type { Tone } from '../../theme/theme.ts';
import { type Line, line, type Span, span } from '../../widgets/line.ts';
import type { ListColumn } from '../../widgets/list-spec.ts';
import { wordWrap } from '../../widgets/word-wrap.ts';
import type { Model } from '../bench.ts';
import { isSeen, type Trouble } from './troubles.ts';

const words = texts.alarms;
const wordCells = 9;

/** A problem with its place and what to do about it, wrapped. The word says how bad; no colour alone does. */
export function problemLines(trouble: Trouble, model: Model, width: number): readonly Line[] {
  const text = `${trouble.text}${placeWords(trouble)}${formats().comma}${whenWords(trouble, model.nowMs)}`;
  const [first = '', ...rest] = wordWrap(text, width - wordCells);
  return [
    [wordOf(trouble), span(first)],
    ...rest.map((row) => line(' '.repeat(wordCells) + row)),
    ...(trouble.hint === undefined
      ? []
      : wordWrap(`${model.glyphs.arrow} ${trouble.hint}`, width - wordCells).map((row) =>
          line(' '.repeat(wordCells) + row, 'muted'),
        )),
  ];
}

/** The same on one line, as columns of a list. */
export function problemColumns({ nowMs }: Model): readonly ListColumn<Trouble>[] {
  const { columns } = words;
  return [
    { id: 'severity', title: columns.severity, width: wordCells, cell: wordOf },
    { id: 'problem', title: columns.problem, width: 'rest', min: 20, cell: ({ text }) => text },
    {
      id: 'since',
      title: columns.since,
      width: 22,
      drop: 1,
      cell: (trouble) => span(whenWords(trouble, nowMs), 'muted'),
      sortBy: ({ sinceMs }) => nowMs - sinceMs,
    },
    { id: 'place', title: columns.place, width: 24, extra: true, cell: ({ place = '' }) => place },
  ];
}

/** What a list leaves out of the selected one: where, what to do, who was told. */
export function problemDetails(trouble: Trouble, model: Model, width: number): readonly Line[] {
  const told = (trouble.alarm?.deliveries ?? []).map((delivery) =>
    deliveryWords(delivery, model.nowMs),
  );
  const what = wordWrap(`${trouble.text}${placeWords(trouble)}`, width - 4);
  const rest = [
    ...(trouble.hint === undefined ? [] : [`${model.glyphs.arrow} ${trouble.hint}`]),
    ...(told.length === 0 ? [] : [told.join(formats().comma)]),
  ].flatMap((text) => wordWrap(text, width - 4));
  return [
    ...what.map((row) => line(`    ${row}`)),
    ...rest.map((row) => line(`    ${row}`, 'muted')),
  ];
}

function wordOf(trouble: Trouble): Span {
  const word = isSeen(trouble) ? words.words.acknowledged : words.words[trouble.severity];
  return span(word.padEnd(wordCells), toneOf(trouble));
}

function toneOf(trouble: Trouble): Tone {
  return isSeen(trouble) ? 'muted' : trouble.severity;
}

function whenWords({ sinceMs, alarm }: Trouble, nowMs: number): string {
  return words.since(wordAgo(sinceMs, nowMs), alarm?.count ?? 1);
}
