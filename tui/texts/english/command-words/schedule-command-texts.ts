import type { CommandTexts } from './shared-command-texts.ts';

const settings = {
  schedule: 'name of the schedule, such as nightly',
  full: '"daily 02:00", "weekly sunday 02:00" or "monthly 1 02:00"',
  cron: 'five cron fields instead, such as "0 2 * * 1-5" or "0 2 L * *", or @daily',
  differential: '"every 4 hours", counted from the full; "none" ends them',
  'differential-cron': 'five cron fields instead, such as "0 8-18/2 * * *"',
  'differential-to': 'destination of differentials; "none": where the fulls lie',
  zone: 'time zone, such as Europe/Berlin',
  store: 'destination by its name',
  'copy-to': 'second destination, to which every good backup is copied; "none": no copies',
  'not-between':
    'times in which no run begins, such as "08:00-18:00 mon-fri, 22:00-01:00"; "none": any time will do',
  'delete-older-than': 'such as "30 days"; "never" keeps everything',
  keep: 'what stays beside that, such as last=3,daily=7,weekly=4,monthly=12,yearly=2; or "none"',
  'if-missed':
    'of a run that was missed: run it once, skip it, or skip it when it is older than an age such as "6 hours"',
  jitter: 'begin by chance up to so many minutes later, for stores that servers share; or "none"',
  deadline: 'cancel a run that takes longer than so many hours; or "none"',
  retries: 'tries after a failure, after 5, 15, 45 ... minutes; "none": 3',
};

export const scheduleCommandTexts = {
  'schedule.list': {
    title: 'List schedules',
    category: 'Schedules',
    summary: 'List the schedules with their last and next run.',
    args: {},
  },
  'schedule.set': {
    title: 'Set a schedule',
    category: 'Schedules',
    summary: 'Create or change a schedule; what is not given stays as it is.',
    args: {
      ...settings,
      'dry-run': 'only show in words what it means, and the next runs',
    },
  },
  'schedule.preview': {
    title: 'Preview a schedule',
    category: 'Schedules',
    summary: 'Say in words what a schedule would mean, with its next ten runs; nothing is saved.',
    args: settings,
  },
  'schedule.show': {
    title: 'Show a schedule',
    category: 'Schedules',
    summary: 'Show a schedule with its settings, its next runs, and what came of its last ones.',
    args: { schedule: 'name of the schedule', runs: 'so many of the last runs; absent: 10' },
  },
  'schedule.skip': {
    title: 'Skip the next run',
    category: 'Schedules',
    summary: 'Leave the next run of a schedule out; those after it come as planned.',
    args: { schedule: 'name of the schedule' },
  },
  'schedule.unskip': {
    title: 'Do not skip the next run',
    category: 'Schedules',
    summary: 'Let the next run of a schedule happen after all.',
    args: { schedule: 'name of the schedule' },
  },
  'schedule.remove': {
    title: 'Remove a schedule',
    category: 'Schedules',
    summary: 'Remove a schedule; its backups stay.',
    args: { schedule: 'name of the schedule' },
  },
  'schedule.pause': {
    title: 'Pause a schedule',
    category: 'Schedules',
    summary: 'Let a schedule rest until it is resumed.',
    args: { schedule: 'name of the schedule' },
  },
  'schedule.resume': {
    title: 'Resume a schedule',
    category: 'Schedules',
    summary: 'Let a paused schedule run again.',
    args: { schedule: 'name of the schedule' },
  },
  'schedule.run': {
    title: 'Run a schedule now',
    category: 'Schedules',
    summary: 'Take the backup of a schedule now.',
    args: {
      schedule: 'name of the schedule',
      kind: 'full, or differential against the last full; absent: full',
    },
  },
} as const satisfies Record<string, CommandTexts>;
