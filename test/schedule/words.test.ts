import { expect, it } from 'vitest';
import { recurrenceInWords } from '../../agent/schedule/words.ts';
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
  [{ every: 'cron', cron: '0 2 * * 1' }, 'at cron "0 2 * * 1" (Europe/Berlin)'],
])('%j reads well', (recurrence, words) => {
  expect(recurrenceInWords(recurrence, 'Europe/Berlin')).toBe(words);
});
