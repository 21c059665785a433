import type { SpaceOffer, SpacePlace } from '../../../protocol/domain/space.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { quoteForShell } from '../../texts/quote-for-shell.ts';
import { spaceTexts } from '../../texts/texts.ts';
import { table } from '../table.ts';
import { fullWords, growthWords, placeName } from './space-words.ts';

const words = spaceTexts;

/** Each place with how full it is and will be, then what may go from it. */
export function spaceLines(places: readonly SpacePlace[]): readonly string[] {
  if (places.length === 0) return [words.none];
  const offers = places.flatMap((place) => place.offers);
  return [
    ...placeTable(places),
    ...(places.some((place) => fullWords(place) === words.unknown) ? ['', words.why] : []),
    '',
    ...(offers.length === 0 ? [words.noOffers] : [words.mayGo]),
    ...offers.flatMap(offerLines),
  ];
}

function placeTable(places: readonly SpacePlace[]): readonly string[] {
  const { columns } = words;
  const right = (title: string) => ({ title, align: 'right' }) as const;
  return table(
    [
      { title: columns.place },
      right(columns.free),
      right(columns.of),
      right(columns.backups),
      right(columns.trash),
      right(columns.undo),
      { title: columns.growth },
      { title: columns.full },
      { title: columns.folder },
    ],
    places.map((place) => [
      placeName(place),
      place.freeBytes === undefined ? place.state : formatBytes(place.freeBytes),
      place.totalBytes === undefined ? '-' : formatBytes(place.totalBytes),
      formatBytes(place.backupBytes),
      formatBytes(place.trashBytes),
      formatBytes(place.undoBytes),
      growthWords(place),
      fullWords(place),
      place.path,
    ]),
  );
}

function offerLines(offer: SpaceOffer): readonly string[] {
  return [
    `  ${formatBytes(offer.bytes)}  ${offer.text}`,
    `    ${words.cost(offer.cost)}`,
    `    ${offerCommand(offer)}`,
  ];
}

/** Given by their place; of a backup the id is long enough by its first characters. */
const positional: ReadonlySet<string> = new Set(['what', 'undo', 'backup']);

/** The command line of an offer. */
function offerCommand({ command, args }: SpaceOffer): string {
  const asks = command === 'backup.move' && args['to'] === undefined;
  const parts = Object.entries(args).flatMap(([name, value]) => {
    const values = [value].flat().map((one) => wordOf(name, String(one)));
    return positional.has(name) ? values : values.flatMap((one) => [`--${name}`, one]);
  });
  return ['kedge', ...command.split('.'), ...parts, ...(asks ? ['--to', words.somewhere] : [])]
    .map(quoteForShell)
    .join(' ');
}

function wordOf(name: string, value: string): string {
  return name === 'backup' || name === 'undo' ? value.slice(0, 8) : value;
}
