/** Commands of the screens and the one of the product that each leads to: who may not run that one gets nowhere with them. */
const ledTo: Readonly<Record<string, string>> = {
  'back-up.form': 'backup.create',
  'backups.consolidate': 'backup.consolidate',
  'backups.contents': 'backup.browse',
  'backups.copy-to': 'backup.copy',
  'backups.delete': 'backup.delete',
  'backups.diff': 'backup.diff',
  'backups.download': 'backup.download',
  'backups.drill': 'drill',
  'backups.look-into': 'backup.browse',
  'backups.move-to': 'backup.move',
  'backups.pin': 'backup.pin',
  'backups.restore': 'restore.plan',
  'backups.verify': 'backup.verify',
  'destinations.empty-trash': 'trash.empty',
  'destinations.erase': 'trash.empty',
  'destinations.take-offer': 'space.clear',
  'jobs.cancel': 'job.cancel',
  'jobs.retry': 'job.retry',
  'overview.jump-back': 'restore.plan',
  'overview.reset': 'service.reset',
  'problems.acknowledge': 'alarm.acknowledge',
  'schedules.change': 'schedule.set',
  'schedules.create': 'schedule.set',
  'schedules.edit': 'schedule.set',
  'schedules.pause': 'schedule.pause',
  'schedules.remove': 'schedule.remove',
  'schedules.run': 'schedule.run',
  'schedules.skip': 'schedule.skip',
  'services.clients': 'service.clients',
  'services.log': 'service.logs',
  'services.reset-one': 'service.reset',
  'services.reset-plan': 'service.reset',
  'services.restart': 'service.restart',
  'services.show-log': 'service.logs',
  'services.start': 'service.start',
  'services.stop': 'service.stop',
  'settings.doctor': 'doctor',
  'settings.form': 'config.edit',
  'settings.keys': 'key.status',
  'undos.forget': 'undo.remove',
  'undos.pin': 'undo.pin',
  'undos.remove': 'undo.remove',
  'undos.run': 'undo.run',
};

/** Undefined: it is for everybody. */
export function productOf(command: string): string | undefined {
  return ledTo[command];
}

export const leadingCommands: readonly (readonly [own: string, product: string])[] =
  Object.entries(ledTo);
