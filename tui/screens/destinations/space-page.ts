import type { SpaceOffer, SpacePlace } from '../../../protocol/domain/space.ts';
import { fullWords, growthWords, placeName } from '../../commands/report/space-words.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { spaceTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Tone } from '../../theme/theme.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { cellWidth } from '../../widgets/cells.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import { table } from '../../widgets/table.ts';
import type { Model } from '../bench.ts';
import { commandCopies, selectedIn } from '../chosen-rows.ts';
import { paragraph } from '../page-lines.ts';

const words = spaceTexts;
export const offerList = 'space.offers';

/** The disks that Kedge writes to, and below what may go from them; the selected one says what it costs. */
export function spacePage(model: Model): readonly Section[] {
  const read = model.ui.data.space;
  const cells = model.editorColumns - 2;
  if (read === undefined || read.kind === 'loading') {
    return [title(), { kind: 'lines', lines: [line(` ${texts.workbench.loading}`, 'muted')] }];
  }
  if (read.kind === 'failed') {
    const said = paragraph(wordFailure(read.failure).message, cells, 'error');
    return [title(), { kind: 'lines', lines: said.map(indented) }];
  }
  const places = read.value;
  return [
    title(),
    { kind: 'lines', lines: placeLines(places, model) },
    ...(places.some((place) => fullWords(place) === words.unknown)
      ? [
          {
            kind: 'lines',
            lines: paragraph(words.why, cells, 'muted').map(indented),
            drop: 3,
          } as const,
        ]
      : []),
    { kind: 'lines', lines: [emptyLine], drop: 2 },
    offerRows(model, offersOf(places)),
    { kind: 'lines', lines: costLines(model, offersOf(places)), drop: 1 },
  ];
}

export function offersOf(places: readonly SpacePlace[]): readonly SpaceOffer[] {
  return places.flatMap((place) => place.offers);
}

function title(): Section {
  return { kind: 'lines', lines: [line(` ${words.title}`, 'heading')] };
}

function placeLines(places: readonly SpacePlace[], model: Model): readonly Line[] {
  const { columns } = words;
  const width = model.editorColumns - 2;
  const rows = table(
    [
      { title: columns.place, width: placeCells(places) },
      { title: columns.free, width: 8, align: 'right' },
      { title: columns.of, width: 8, align: 'right', drop: 5 },
      { title: columns.backups, width: 8, align: 'right' },
      { title: columns.trash, width: 8, align: 'right', drop: 3 },
      { title: columns.undo, width: 8, align: 'right', drop: 2 },
      { title: columns.growth, width: 15, drop: 4 },
      { title: columns.full, width: 'rest', min: 13 },
    ],
    model.glyphs.ellipsis,
  );
  const all = [
    rows.header(width),
    ...places.map((place) =>
      rows.row(
        [
          span(placeName(place), 'strong'),
          span(place.freeBytes === undefined ? place.state : formatBytes(place.freeBytes)),
          span(place.totalBytes === undefined ? '' : formatBytes(place.totalBytes)),
          span(formatBytes(place.backupBytes)),
          span(formatBytes(place.trashBytes)),
          span(formatBytes(place.undoBytes)),
          span(growthWords(place)),
          span(fullWords(place), toneOf(place)),
        ],
        width,
      ),
    ),
  ];
  return all.map((one): Line => [span('  '), ...one]);
}

/** Columns of numbers go before a name is cut. */
function placeCells(places: readonly SpacePlace[]): number {
  return Math.min(32, Math.max(20, ...places.map((place) => cellWidth(placeName(place)))));
}

/** As the problem that is made of it. */
function toneOf({ fullInDays = Number.POSITIVE_INFINITY }: SpacePlace): Tone {
  if (fullInDays < 3) return 'error';
  return fullInDays < 14 ? 'warning' : 'plain';
}

export function offerKey({ command, args }: SpaceOffer): string {
  return `${command} ${JSON.stringify(args)}`;
}

export function offerRows(model: Model, all: readonly SpaceOffer[]): BuiltList<SpaceOffer> {
  const { columns } = words;
  return buildList(model, {
    id: offerList,
    rows: all,
    columns: [
      {
        id: 'gives',
        title: columns.gives,
        width: 9,
        align: 'right',
        cell: ({ bytes }) => span(formatBytes(bytes), 'strong'),
        sortBy: ({ bytes }) => bytes,
      },
      { id: 'what', title: columns.what, width: 'rest', cell: ({ text }) => text },
    ],
    min: 3,
    keyOf: offerKey,
    empty: words.empty,
    open: (offer) => ({ command: 'destinations.take-offer', args: { offer: offerKey(offer) } }),
    copies: ({ command, args }) => commandCopies([{ command, args }]),
  });
}

function costLines(model: Model, all: readonly SpaceOffer[]): readonly Line[] {
  const offer = selectedIn(model, offerRows(model, all));
  if (offer === undefined) return [];
  const cells = model.editorColumns - 2;
  return [
    emptyLine,
    ...paragraph(offer.text, cells).map(indented),
    ...paragraph(words.cost(offer.cost), cells, 'muted').map(indented),
  ];
}

function indented(one: Line): Line {
  return [span(' '), ...one];
}
