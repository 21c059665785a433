import type { Action } from '../store/action.ts';

/** Commands that print a list in a shell; here a screen shows it. */
const toScreen: Readonly<Record<string, string>> = {
  status: 'view.overview',
  'backup.list': 'view.back-up',
  'checkpoint.list': 'view.back-up',
  'undo.list': 'view.restore',
  'schedule.list': 'view.schedules',
  'calendar.read': 'schedules.calendar',
  'space.read': 'destinations.space',
  'retention.preview': 'destinations.retention',
  'trash.list': 'destinations.trash',
  'service.list': 'view.services',
  'service.history': 'view.services',
  'job.list': 'view.jobs',
  doctor: 'settings.doctor',
  'audit.list': 'settings.audit',
};

/** Commands that a screen starts better than a row of questions. */
const toForm: Readonly<Record<string, string>> = {
  'backup.create': 'back-up.form',
  'restore.run': 'restore.choose',
  'schedule.set': 'schedules.create',
  'service.reset': 'services.reset-plan',
};

/** Commands about one thing whose page shows the same, with the same arguments. */
const toPage: Readonly<Record<string, string>> = {
  'backup.show': 'backups.show',
  'job.show': 'jobs.show',
  'job.log': 'jobs.show',
  'schedule.show': 'schedules.show',
  'service.logs': 'services.log',
};

/** Where a command leads when it is chosen in the palette; undefined: it runs as it is. */
export function leadFromPalette(command: string): string | undefined {
  return toScreen[command] ?? toForm[command];
}

/** The page that shows what a command of the product would print. */
export function leadToPage(action: Action): Action | undefined {
  const command = toPage[action.command] ?? toScreen[action.command];
  return command === undefined ? undefined : { ...action, command };
}
