import { KedgeError } from '../../../protocol/failures.ts';
import { retentionPreview } from '../../../protocol/methods/retention.ts';
import {
  scheduleList,
  schedulePause,
  schedulePreview,
  scheduleRun,
  scheduleSet,
} from '../../../protocol/methods/schedule.ts';
import { editConfig } from '../../config/edit-config.ts';
import { checkRecurrence } from '../../schedule/check-recurrence.ts';
import { nextRuns } from '../../schedule/next-run.ts';
import { recurrenceInWords } from '../../schedule/words.ts';
import { retentionOf } from '../apply-retention.ts';
import type { Daemon } from '../daemon.ts';
import { refuseUnusableKeys } from '../key-check.ts';
import { handle } from './handler.ts';

const runsShown = 5;

export const scheduleHandlers = [
  handle(scheduleList, async (daemon) => ({
    schedules: daemon.schedules.list(),
    revision: daemon.configFile.onDisk().revision,
  })),
  handle(schedulePreview, async (daemon, { settings: { full, zone } }) => {
    checkRecurrence(full, zone);
    return {
      words: recurrenceInWords(full, zone),
      nextMs: nextRuns(full, zone, daemon.now(), runsShown),
    };
  }),
  handle(scheduleSet, async (daemon, { schedule, settings, revision }) => {
    if (settings === null) known(daemon, schedule);
    else {
      checkRecurrence(settings.full, settings.zone);
      await refuseUnusableKeys(daemon);
    }
    return await edit(daemon, ['schedules', schedule], settings ?? undefined, revision);
  }),
  handle(schedulePause, async (daemon, { schedule, paused }) => {
    known(daemon, schedule);
    const path = ['schedules', schedule, 'paused'];
    return await edit(daemon, path, paused ? true : undefined, undefined);
  }),
  handle(scheduleRun, async (daemon, { schedule }) => ({
    job: daemon.schedules.run(schedule, 'manual').id,
  })),
  handle(retentionPreview, async (daemon) => ({ lines: retentionOf(daemon) })),
];

function known(daemon: Daemon, id: string): void {
  if (daemon.config().schedules?.[id] === undefined) {
    throw new KedgeError('not-found', { what: 'schedule', id, list: 'schedule' });
  }
}

async function edit(
  daemon: Daemon,
  path: string[],
  value: unknown,
  against: string | undefined,
): Promise<{ revision: string }> {
  daemon.config();
  await daemon.configFile.reload();
  const { text, revision } = daemon.configFile.onDisk();
  if (against !== undefined && against !== revision) throw new KedgeError('config-changed');
  return { revision: await daemon.configFile.save(editConfig(text, path, value), revision) };
}
