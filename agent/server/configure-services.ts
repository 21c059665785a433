import type { Daemon } from './daemon.ts';

/** Jobs that stop services and start them again as they were: settings must not change under them. */
const usesServices: ReadonlySet<string> = new Set([
  'backup',
  'restore',
  'undo',
  'recovery',
  'recover',
  'reset',
]);

/** Gives the services their settings as they are in force; while a job works with them, when it has ended. */
export function configureServices(daemon: Daemon): void {
  const inForce = daemon.configFile.inForce();
  const busy = daemon.jobs.writing();
  if (inForce === undefined || (busy !== undefined && usesServices.has(busy.kind))) return;
  daemon.services.configure(inForce.services ?? {});
}
