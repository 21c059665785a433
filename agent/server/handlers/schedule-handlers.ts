import { setImmediate } from 'node:timers/promises';
import type * as z from 'zod';
import type { ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import {
  scheduleList,
  schedulePause,
  schedulePreview,
  scheduleRun,
  scheduleSet,
  scheduleShow,
  scheduleSkip,
} from '../../../protocol/methods/schedule.ts';
import { destinationFaults } from '../../config/check-references.ts';
import { editConfig } from '../../config/edit-config.ts';
import { betweenFulls } from '../../schedule/between-fulls.ts';
import { checkSchedule } from '../../schedule/check-schedule.ts';
import { comingRuns } from '../../schedule/run-notes.ts';
import { notesOf } from '../../schedule/schedule-notes.ts';
import { scheduleInWords } from '../../schedule/words.ts';
import { sayingWhoSaved } from '../config-conflict.ts';
import type { Daemon } from '../daemon.ts';
import { refuseUnusableKeys } from '../key-check.ts';
import { handle } from './handler.ts';

const runsShown = 10;
const pastShown = 20;

export const scheduleHandlers = [
  handle(scheduleList, async (daemon) => ({
    schedules: daemon.schedules.list(),
    revision: daemon.configFile.onDisk().revision,
  })),
  handle(schedulePreview, async (daemon, { settings }) => {
    refuseUnknownDestinations(daemon, settings);
    return await preview(settings, daemon.now());
  }),
  handle(scheduleSet, async (daemon, { schedule, settings, revision }) => {
    if (settings === null) known(daemon, schedule);
    else {
      checkSchedule(settings);
      await refuseUnusableKeys(daemon);
    }
    return await edit(daemon, ['schedules', schedule], settings ?? undefined, revision);
  }),
  handle(schedulePause, async (daemon, { schedule, paused }) => {
    known(daemon, schedule);
    const path = ['schedules', schedule, 'paused'];
    return await edit(daemon, path, paused ? true : undefined, undefined);
  }),
  handle(scheduleRun, async (daemon, { schedule, kind = 'full' }) => ({
    job: (await daemon.schedules.run(schedule, kind)).id,
  })),
  handle(scheduleSkip, async (daemon, { schedule, skip }) => ({
    schedule: daemon.schedules.skip(schedule, skip),
  })),
  handle(scheduleShow, async (daemon, { schedule: id, runs = pastShown }) => {
    known(daemon, id);
    const past = daemon.schedules.runs(id, runs);
    const [schedule] = daemon.schedules.list().filter((one) => one.id === id);
    if (schedule === undefined) throw notThere(id);
    const { settings } = schedule;
    const {
      runs: coming,
      betweenFulls: between,
      notes = [],
    } = await preview(settings, daemon.now());
    return {
      schedule,
      runs: past,
      ...(settings.paused === true || coming === undefined ? {} : { coming }),
      ...(between === undefined ? {} : { betweenFulls: between }),
      notes,
    };
  }),
];

/** Years of a rare cron are looked through: between its parts others get their turn. */
async function preview(
  settings: ScheduleSettings,
  nowMs: number,
): Promise<z.input<typeof schedulePreview.result>> {
  checkSchedule(settings);
  const runs = comingRuns(settings, nowMs, runsShown);
  await setImmediate();
  const between = betweenFulls(settings);
  await setImmediate();
  return {
    words: scheduleInWords(settings),
    nextMs: runs.map(({ atMs }) => atMs),
    runs,
    ...(between === undefined ? {} : { betweenFulls: between }),
    notes: notesOf(settings, Intl.DateTimeFormat().resolvedOptions().timeZone, nowMs),
  };
}

/** As saving it would. */
function refuseUnknownDestinations({ configFile }: Daemon, settings: ScheduleSettings): void {
  const config = configFile.inForce();
  const [fault] = config === undefined ? [] : destinationFaults(settings, config);
  if (fault === undefined) return;
  const what = `schedule ${fault.path.join('.')}`;
  throw new KedgeError('bad-argument', { what, problem: fault.message });
}

function known(daemon: Daemon, id: string): void {
  if (daemon.config().schedules?.[id] === undefined) throw notThere(id);
}

function notThere(id: string): KedgeError {
  return new KedgeError('not-found', { what: 'schedule', id, list: 'schedule' });
}

async function edit(
  daemon: Daemon,
  path: string[],
  value: unknown,
  against: string | undefined,
): Promise<{ revision: string }> {
  daemon.config();
  return await sayingWhoSaved(daemon, async () => {
    await daemon.configFile.reload();
    const { text, revision } = daemon.configFile.onDisk();
    if (against !== undefined && against !== revision) throw new KedgeError('config-changed');
    return { revision: await daemon.configFile.save(editConfig(text, path, value), revision) };
  });
}
