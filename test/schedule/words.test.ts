import { expect, it } from 'vitest';
import { scheduleInWords } from '../../agent/schedule/words.ts';
import type { Recurrence } from '../../protocol/domain/schedule.ts';

it.each<[Recurrence, string]>([
  [{ every: 'day', at: '02:00' }, 'every day at 02:00 (Europe/Berlin)'],
  [{ every: 'week', on: 'sunday', at: '23:30' }, 'every Sunday at 23:30 (Europe/Berlin)'],
  [{ every: 'month', day: 1, at: '02:00' }, 'every month on day 1 at 02:00 (Europe/Berlin)'],
  [
    { every: 'month', day: 30, at: '02:00' },
    'every month on day 30 or its last day at 02:00 (Europe/Berlin)',
  ],
  [
    { every: 'month', day: 31, at: '02:00' },
    'every month on its last day at 02:00 (Europe/Berlin)',
  ],
  [{ every: 'cron', cron: '*/2 * * * *' }, 'every 2 minutes (Europe/Berlin)'],
  [{ every: 'cron', cron: '* * * * *' }, 'every minute (Europe/Berlin)'],
  [{ every: 'cron', cron: '5 * * * *' }, 'every hour at minute 05 (Europe/Berlin)'],
  [{ every: 'cron', cron: '5 3 * * *' }, 'every day at 03:05 (Europe/Berlin)'],
  [{ every: 'cron', cron: '*/7 * * * *' }, 'at cron "*/7 * * * *" (Europe/Berlin)'],
  [{ every: 'cron', cron: '0 2,14 * * *' }, 'at cron "0 2,14 * * *" (Europe/Berlin)'],
  [{ every: 'cron', cron: '0 2 * * 1' }, 'every Monday at 02:00 (Europe/Berlin)'],
  [{ every: 'cron', cron: '0 20 * * 1-5' }, 'every Monday to Friday at 20:00 (Europe/Berlin)'],
  [{ every: 'cron', cron: '0 2 * * 0,6' }, 'every Saturday and Sunday at 02:00 (Europe/Berlin)'],
  [{ every: 'cron', cron: '0 2 L * *' }, 'every month on its last day at 02:00 (Europe/Berlin)'],
  [{ every: 'cron', cron: '@monthly' }, 'every month on day 1 at 00:00 (Europe/Berlin)'],
  [{ every: 'cron', cron: '0 2 * * 5L' }, 'at cron "0 2 * * 5L" (Europe/Berlin)'],
])('%j reads well', (recurrence, words) => {
  expect(scheduleInWords({ full: recurrence, zone: 'Europe/Berlin', store: 'local' })).toBe(words);
});
