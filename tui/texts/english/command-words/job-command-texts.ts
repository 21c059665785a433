import type { CommandTexts } from './shared-command-texts.ts';

export const jobCommandTexts = {
  'job.list': {
    title: 'List jobs',
    category: 'Jobs',
    summary: 'List jobs, newest first.',
    args: { limit: 'how many (50)', offset: 'how many of the newest to leave out' },
  },
  'job.show': {
    title: 'Show a job',
    category: 'Jobs',
    summary: 'Show a job and its result.',
    args: { job: 'number of the job', follow: 'wait for it and show its progress' },
  },
  'job.cancel': {
    title: 'Cancel a job',
    category: 'Jobs',
    summary: 'Ask a job to stop; nothing half-made is kept.',
    args: { job: 'number of the job' },
  },
  'job.log': {
    title: 'Show the log of a job',
    category: 'Jobs',
    summary: 'Show what a job wrote down.',
    args: { job: 'number of the job', lines: 'how many (500)' },
  },
  'job.retry': {
    title: 'Try a job again',
    category: 'Jobs',
    summary: 'Start a failed or cancelled job again with the same order.',
    args: {
      job: 'number of the job',
      'cancel-job': 'of a reset, where a job is at work: cancel that first',
      'wait-job': 'of a reset, where a job is at work: do it when that has ended',
    },
  },
} as const satisfies Record<string, CommandTexts>;
