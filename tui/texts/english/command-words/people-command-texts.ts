import type { CommandTexts } from './shared-command-texts.ts';

export const peopleCommandTexts = {
  'audit.list': {
    title: 'What was done, and by whom',
    category: 'Settings',
    summary:
      'List the calls that changed something or were refused, the newest first: when, who, through which socket, what, with which result.',
    args: {
      since:
        'a moment such as "2026-11-20 14:00", or how far back such as "7 days"; 7 days where it is not given',
      filter: 'only what holds this text',
      limit: 'at most so many; 200 where it is not given',
    },
  },
  who: {
    title: 'Who is here',
    category: 'Settings',
    summary: 'List who has the interface open now, in which role and on which screen.',
    args: {},
  },
} as const satisfies Record<string, CommandTexts>;
