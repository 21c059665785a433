import type { SpaceHistory } from '../../../protocol/domain/space.ts';
import type { ByteSample } from '../../state/byte-samples.ts';
import type { Daemon } from '../daemon.ts';
import { forecastOf } from './forecast-of.ts';
import { placesOf } from './places.ts';

const dayMs = 24 * 3_600_000;

/** What was stored and how free each place was in the last days, up to now. */
export async function readSpaceHistory(
  daemon: Daemon,
  days: number,
): Promise<{ readonly stored: readonly ByteSample[]; readonly places: readonly SpaceHistory[] }> {
  const backups = daemon.backups.all();
  const nowMs = daemon.now();
  const fromMs = nowMs - days * dayMs;
  const places = (await placesOf(daemon, backups)).map((place): SpaceHistory => {
    const { names, path, freeBytes, totalBytes, series } = place;
    const seen = daemon.state.space.of(series).filter(({ atMs }) => atMs >= fromMs);
    return {
      stores: names,
      path,
      ...(freeBytes === undefined ? {} : { freeBytes }),
      ...(totalBytes === undefined ? {} : { totalBytes }),
      ...forecastOf(daemon, place, backups),
      samples: freeBytes === undefined ? seen : [...seen, { atMs: nowMs, freeBytes }],
    };
  });
  const bytes = backups.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { stored: [...daemon.state.bytes.since(fromMs), { atMs: nowMs, bytes }], places };
}
