import { describe, expect, it } from 'vitest';
import type { Schedule, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import type { Arguments, CommandContext } from '../../../tui/commands/command.ts';
import { optionalArguments } from '../../../tui/commands/schedule/optional-settings.ts';
import { settingsFrom } from '../../../tui/commands/schedule/settings-from.ts';

const nightly: ScheduleSettings = {
  full: { every: 'day', at: '02:00' },
  differential: { when: { every: 'hours', hours: 6 }, store: 'usb' },
  store: 'local',
  copyTo: 'usb',
  zone: 'Europe/Berlin',
  blackout: [{ from: '08:00', to: '18:00', on: ['monday', 'tuesday'] }],
  deleteOlderThan: '30 days',
  keep: { last: 3 },
  ifMissed: { skipIfOlderThan: '6 hours' },
  jitterMinutes: 10,
  deadlineHours: 5,
  retries: 2,
  paused: true,
};

async function settings(args: Arguments, existing: ScheduleSettings | undefined = nightly) {
  const schedules: Schedule[] =
    existing === undefined ? [] : [{ id: 'nightly', settings: existing, words: '' }];
  const call = async (): Promise<unknown> => ({ schedules, revision: 'r1' });
  const store = { get: () => ({ snapshot: { stores: [{ id: 'local' }] } }) };
  const context = { call, store, signal: AbortSignal.abort() } as unknown as CommandContext;
  return JSON.parse(JSON.stringify((await settingsFrom(context, 'nightly', args)).settings));
}

describe('settings of a schedule from the command line', () => {
  it('stay as they are where nothing is given', async () => {
    expect(await settings({})).toEqual(nightly);
  });

  it('take all that can be said', async () => {
    const given = await settings({
      differential: 'every 4 hours',
      'differential-to': 'none',
      'copy-to': 'vault',
      'not-between': '22:00-06:00, 08:00-18:00 sat',
      'delete-older-than': '1 year',
      keep: 'last=3,daily=7,yearly=2',
      'if-missed': 'skip',
      jitter: '30',
      deadline: '1.5',
      retries: '0',
    });
    expect(given).toEqual({
      ...nightly,
      differential: { when: { every: 'hours', hours: 4 } },
      copyTo: 'vault',
      blackout: [
        { from: '22:00', to: '06:00' },
        { from: '08:00', to: '18:00', on: ['saturday'] },
      ],
      deleteOlderThan: '1 year',
      keep: { last: 3, daily: 7, yearly: 2 },
      ifMissed: 'skip',
      jitterMinutes: 30,
      deadlineHours: 1.5,
      retries: 0,
    });
  });

  it('go where "none" is said, and come back as the arguments that ask for them', async () => {
    const bare = { full: nightly.full, store: 'local', zone: 'UTC' } as const;
    const { paused: _, ...running } = nightly;
    expect(
      await settings(optionalArguments(bare), { ...nightly, zone: 'UTC', paused: false }),
    ).toEqual({ ...bare, ifMissed: 'run', paused: false });
    expect(await settings(optionalArguments(running), { ...bare, zone: nightly.zone })).toEqual(
      running,
    );
  });

  it.each<[Arguments, string]>([
    [{ differential: 'daily' }, '"daily" is not "every 4 hours"'],
    [{ differential: '4 hours', 'differential-cron': '* * * * *' }, 'instead of --differential'],
    [{ differential: 'every 999 hours' }, 'differential'],
    [{ 'if-missed': 'perhaps' }, 'neither run nor skip'],
    [{ jitter: 'some' }, '"some" is no number'],
    [{ jitter: '500' }, 'from 1 to 120'],
    [{ 'delete-older-than': 'soon' }, 'no age, such as 30 days'],
    [{ keep: 'last=x' }, 'is not one of last, daily'],
    [{ full: 'daily 02:00', cron: '0 2 * * *' }, 'instead of --full'],
  ])('%j is refused by name', async (args, words) => {
    await expect(settings(args)).rejects.toThrow(words);
  });
});
