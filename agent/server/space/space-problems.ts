import { type Backup, isGood } from '../../../protocol/domain/backup.ts';
import type { Schedule } from '../../../protocol/domain/schedule.ts';
import type { FoundProblem } from '../../alarms/found-problem.ts';
import { wordBytes } from '../../os/word-bytes.ts';
import type { Place } from './places.ts';

interface ForecastPlace extends Pick<Place, 'names' | 'path' | 'freeBytes'> {
  readonly fullInDays?: number;
}

/** Of a schedule: where its next full goes, and what the one before it took. */
export interface NextFull {
  readonly schedule: string;
  readonly store: string;
  readonly bytes: number;
}

const warningDays = 14;
const errorDays = 3;
const hint = 'See what may go, and what each gives: kedge space.';

/** Places that fill up within days, and stores in which the next full has no room. */
export function spaceProblems(
  places: readonly ForecastPlace[],
  fulls: readonly NextFull[],
): readonly FoundProblem[] {
  return [
    ...places.flatMap(fillsUp),
    ...fulls.flatMap((full) => {
      const place = places.find(({ names }) => names.includes(full.store));
      return place === undefined ? [] : lacksRoom(full, place);
    }),
  ];
}

export function nextFulls(
  backups: readonly Backup[],
  schedules: readonly Pick<Schedule, 'id' | 'settings'>[],
): readonly NextFull[] {
  return schedules.flatMap(({ id, settings: { paused, store } }) => {
    const last = backups
      .filter((one) => one.schedule === id && one.kind === 'full' && isGood(one))
      .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs)[0];
    return paused === true || last === undefined
      ? []
      : [{ schedule: id, store, bytes: last.sizeBytes }];
  });
}

function fillsUp({
  names,
  path,
  fullInDays,
  freeBytes = 0,
}: ForecastPlace): readonly FoundProblem[] {
  if (fullInDays === undefined || fullInDays >= warningDays) return [];
  return [
    {
      id: `space-${path}`,
      severity: fullInDays < errorDays ? 'error' : 'warning',
      text: `${nameOf(names)} will be full ${wordDays(fullInDays)}: ${wordBytes(freeBytes)} free`,
      place: path,
      hint,
    },
  ];
}

function lacksRoom(
  { schedule, store, bytes }: NextFull,
  { path, freeBytes }: ForecastPlace,
): readonly FoundProblem[] {
  if (freeBytes === undefined || freeBytes >= bytes) return [];
  return [
    {
      id: `space-full-${schedule}`,
      severity: 'error',
      text: `the next full of schedule "${schedule}" has no room in "${store}": the last took ${wordBytes(bytes)}, ${wordBytes(freeBytes)} are free`,
      place: path,
      hint,
    },
  ];
}

function nameOf(names: readonly string[]): string {
  const stores = names.filter((name) => name !== 'state' && name !== 'undo');
  if (stores.length === 0) return 'the disk of Kedge itself';
  const quoted = stores.map((name) => `"${name}"`).join(' and ');
  return stores.length === 1 ? `destination ${quoted}` : `the disk of destinations ${quoted}`;
}

function wordDays(days: number): string {
  const whole = Math.floor(days);
  if (whole === 0) return 'within a day';
  return `in ${whole} day${whole === 1 ? '' : 's'}`;
}
