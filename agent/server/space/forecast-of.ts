import type { Backup } from '../../../protocol/domain/backup.ts';
import type { Daemon } from '../daemon.ts';
import { type Forecast, forecast, forecastByBackups } from './forecast.ts';
import type { Place } from './places.ts';

/** When a place will be full. One that is not there does not fill. */
export function forecastOf(
  daemon: Daemon,
  { names, series, freeBytes }: Pick<Place, 'names' | 'series' | 'freeBytes'>,
  backups: readonly Backup[],
): Forecast {
  if (freeBytes === undefined) return {};
  const nowMs = daemon.now();
  const seen = forecast(daemon.state.space.of(series), freeBytes, nowMs);
  if (seen.growthBytesPerDay !== undefined || names.some((name) => letsGo(daemon, name)))
    return seen;
  const kept = backups.filter(
    ({ store, origin }) => store !== undefined && names.includes(store) && origin !== 'safety',
  );
  return forecastByBackups(kept, freeBytes, nowMs);
}

/** By rules of schedules or a cap: what came there lately is not what it grew by. */
function letsGo(daemon: Daemon, store: string): boolean {
  const { schedules = {}, stores = {} } = daemon.configFile.inForce() ?? {};
  const rules = Object.values(schedules).filter(({ store: to, copyTo, differential }) =>
    [to, copyTo, differential?.store].includes(store),
  );
  return (
    stores[store]?.maxBytes !== undefined ||
    rules.some(({ deleteOlderThan, keep }) => (deleteOlderThan ?? keep) !== undefined)
  );
}
