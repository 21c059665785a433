import type { CommandTexts } from './shared-command-texts.ts';

export const reportCommandTexts = {
  'report.read': {
    title: 'Report of the last days',
    category: 'Overview',
    summary:
      'Show what ran, what is proven, what grew and what is wrong; or print the page for the day when all is lost.',
    args: {
      days: 'how many days, 1 to 366; 7 where it is not given',
      runbook:
        'one page to print and keep elsewhere: what lies where, which key, how to recover with and without Kedge',
    },
  },
  'metrics.read': {
    title: 'Show metrics',
    category: 'Overview',
    summary: 'Print all figures in the text format of Prometheus.',
    args: {},
  },
} as const satisfies Record<string, CommandTexts>;
