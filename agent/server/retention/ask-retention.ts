import type { RetentionLine } from '../../../protocol/domain/retention.ts';
import type { ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { Config } from '../../config/config.ts';
import { endOfAge } from '../../retention/end-of-age.ts';
import { previewRetention } from '../../retention/retain.ts';
import { suspendedBecause } from '../../retention/suspended-because.ts';
import type { RetentionRule } from '../../retention/verdict.ts';
import type { Daemon } from '../daemon.ts';
import { leasedBackups } from '../leases.ts';
import { deletionHeld } from './deletion-held.ts';

/** A schedule that is asked about as if it stood so. */
export interface SupposedSchedule {
  readonly schedule: string;
  readonly settings: ScheduleSettings;
}

/** What retention would do now; the same answer that `applyRetention` acts on. */
export function retentionOf(daemon: Daemon, supposed?: SupposedSchedule): readonly RetentionLine[] {
  return previewRetention({
    backups: daemon.backups.all(),
    rules: rulesOf(daemon, supposed),
    nowMs: daemon.now(),
    leases: leasedBackups(daemon),
    installation: daemon.state.installation,
    caps: capsOf(daemon.configFile.inForce()),
    heldBecause: deletionHeld(daemon),
  });
}

function rulesOf(daemon: Daemon, supposed: SupposedSchedule | undefined): readonly RetentionRule[] {
  if (supposed !== undefined) checkAge(supposed.settings);
  const offline = new Set(daemon.overview.offlineStores());
  const ruleOf = (id: string, settings: ScheduleSettings, lastRun: LastRun): RetentionRule => {
    const online = !offline.has(settings.store);
    return {
      id,
      settings,
      suspendedBecause: suspendedBecause(daemon.state.runs.lastTried(id) ?? lastRun, {
        name: settings.store,
        online,
      }),
    };
  };
  const schedules = daemon.schedules.list();
  const asked = schedules.find(({ id }) => id === supposed?.schedule);
  return [
    ...schedules
      .filter((each) => each !== asked)
      .map((each) => ruleOf(each.id, each.settings, each.lastRun)),
    ...(asked === undefined || supposed === undefined
      ? []
      : [ruleOf(asked.id, supposed.settings, asked.lastRun)]),
  ];
}

type LastRun = Parameters<typeof suspendedBecause>[0];

/** An age is only seen to be none when it is used, and then of each backup. */
function checkAge({ deleteOlderThan: age, zone }: ScheduleSettings): void {
  if (age === undefined) return;
  try {
    endOfAge(0, age, zone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const problem = `"${zone}" is no time zone`;
    throw new KedgeError('bad-argument', { what: 'zone', problem }, { cause: error });
  }
}

function capsOf(config: Config | undefined): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(config?.stores ?? {}).flatMap(([name, { maxBytes }]) =>
      maxBytes === undefined ? [] : [[name, maxBytes] as const],
    ),
  );
}
