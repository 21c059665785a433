import type { DoctorFacts } from '../setup/doctor/facts.ts';
import type { Daemon } from './daemon.ts';
import { keyStatusOf } from './key-check.ts';
import { readSpace } from './space/read-space.ts';
import { kedgeVersion } from './version.ts';

/** What this daemon knows, looked at now. */
export async function doctorFacts(daemon: Daemon): Promise<DoctorFacts> {
  const { stores, services, schedules, problems } = await daemon.overview.snapshot();
  return {
    nowMs: daemon.now(),
    kedgeVersion,
    places: daemon.places,
    config: daemon.configFile.inForce(),
    problems,
    stores,
    services,
    schedules,
    backups: daemon.backups.all(),
    space: await readSpace(daemon),
    routes: daemon.alarms.routes(),
    key: await keyStatusOf(daemon),
  };
}
