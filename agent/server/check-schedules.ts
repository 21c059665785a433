import type { Config } from '../config/config.ts';
import type { ConfigFault } from '../config/parse-config.ts';
import { faultsOf } from '../schedule/check-schedule.ts';

/** Rules of schedules that no schema can judge. */
export function checkSchedules(config: Config): readonly ConfigFault[] {
  return Object.entries(config.schedules ?? {}).flatMap(([id, settings]) =>
    faultsOf(settings).map(({ path, message }) => ({ path: ['schedules', id, ...path], message })),
  );
}
