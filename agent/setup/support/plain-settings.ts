/**
 * Texts of the configuration that are free to say anything and say no secret, by their keys; `*` for a name or a
 * place in a list. All other free texts are hidden, so a new setting is hidden until it is named here.
 */
export const plainSettings: ReadonlySet<string> = new Set([
  'application.name',
  'application.version',
  'application.contact',
  'sources.*.exclude.*',
  'sources.*.quiesce.services.*',
  'stores.*.label',
  'stores.*.id',
  'services.*.dependsOn.*',
  'services.*.probes.*.host',
  'schedules.*.full.cron',
  'schedules.*.differential.when.cron',
  'schedules.*.differential.store',
  'schedules.*.store',
  'schedules.*.copyTo',
  'schedules.*.zone',
  'alarms.routes.*.host',
  'alarms.routes.*.schedules.*',
  'viewers.group',
  'operators.group',
]);
