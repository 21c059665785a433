import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import type { Daemon } from '../daemon.ts';
import { forecastOf } from './forecast-of.ts';
import { type Place, placesOf } from './places.ts';
import { nextFulls, spaceProblems } from './space-problems.ts';

const hourMs = 3_600_000;
/** The stores are looked at first. */
const firstMs = 2 * 60_000;

/** Once an hour: writes down how much is free at each place, and says which will be full soon. */
export function watchSpace(daemon: () => Daemon): Disposable {
  const look = (): void =>
    void sampleSpace(daemon()).catch((error: unknown) => {
      daemon().log.write('error', `free space: ${wordFailure(failureOf(error)).message}`);
    });
  const first = setTimeout(look, firstMs).unref();
  const hourly = setInterval(look, hourMs).unref();
  return {
    [Symbol.dispose]: () => {
      clearTimeout(first);
      clearInterval(hourly);
    },
  };
}

export async function sampleSpace(daemon: Daemon): Promise<void> {
  if (daemon.jobs.isClosing()) return;
  const backups = daemon.backups.all();
  const places = await placesOf(daemon, backups);
  if (daemon.jobs.isClosing()) return;
  // Those of a clock that was set would tell of a day what was of another.
  if (daemon.clock.doubt() === undefined) for (const place of places) sample(daemon, place);
  const forecasts = places.map((place) => ({ ...place, ...forecastOf(daemon, place, backups) }));
  const found = spaceProblems(forecasts, nextFulls(backups, daemon.schedules.list()));
  const { standing } = daemon.overview;
  for (const id of [...standing.keys()]) if (id.startsWith('space-')) standing.delete(id);
  for (const problem of found) standing.set(problem.id, problem);
  daemon.overview.touch();
}

function sample(daemon: Daemon, { series, freeBytes }: Place): void {
  if (freeBytes !== undefined) daemon.state.space.add(series, daemon.now(), freeBytes);
}
