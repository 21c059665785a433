import type { CommandTexts } from './shared-command-texts.ts';

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
      schedule: 'name of the schedule, such as nightly',
      full: '"daily 02:00", "weekly sunday 02:00" or "monthly 1 02:00"',
      cron: 'five cron fields instead, such as "0 2 * * 1-5"',
      zone: 'time zone, such as Europe/Berlin',
      store: 'destination by its name',
      'delete-older-than': 'such as "30 days"; "never" keeps everything',
      'if-missed': 'what to do about a run that was missed',
      'dry-run': 'only show in words what it means, and the next runs',
    },
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
    args: { schedule: 'name of the schedule' },
  },
} as const satisfies Record<string, CommandTexts>;
