import type { CommandTexts } from './shared-command-texts.ts';

export const alarmCommandTexts = {
  'alarm.list': {
    title: 'List alarms',
    category: 'Alarms',
    summary: 'List what is wrong, whom it was told, and what could not be told.',
    args: { cured: 'also what is over, of the last 30 days' },
  },
  'alarm.acknowledge': {
    title: 'Acknowledge an alarm',
    category: 'Alarms',
    summary: 'Say that an alarm was seen: it counts no more until it is cured and comes again.',
    args: { alarm: 'number of the alarm' },
  },
  'alarm.test': {
    title: 'Test the alarm routes',
    category: 'Alarms',
    summary: 'Tell a test by one route, or by all, and say what each answered.',
    args: { route: 'name of a route of the configuration; without it all of them' },
  },
} as const satisfies Record<string, CommandTexts>;
