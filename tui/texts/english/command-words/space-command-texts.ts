import type { CommandTexts } from './shared-command-texts.ts';

export const spaceCommandTexts = {
  'space.read': {
    title: 'Show free space',
    category: 'Destinations',
    summary: 'Show what each disk holds of Kedge, what may go, and when it will be full.',
    args: {},
  },
  'space.clear': {
    title: 'Remove what takes room',
    category: 'Destinations',
    summary: 'Remove unfinished uploads, or the differentials older than the newest full.',
    args: {
      what: 'what goes: uploads or differentials',
      store: 'destination by its name',
      confirm: 'how many they are, as "kedge space" says',
    },
  },
  'calendar.read': {
    title: 'Show a month of runs',
    category: 'Schedules',
    summary: 'Show what ran in a month with its outcome, and what will run.',
    args: { month: 'such as 2026-11; not given: this one' },
  },
} as const satisfies Record<string, CommandTexts>;
