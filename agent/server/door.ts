/** A socket that Kedge listens on, and what those may do who come through it. */
export interface Door {
  readonly path: string;
  /** `viewer`: sees what goes on, and neither changes anything nor looks into backups or files. */
  readonly role: 'admin' | 'viewer';
  /** Who may open it besides Kedge's own user. */
  readonly gid?: number;
}

/** What is shown to viewers: by name, so that a new method is for the admin until somebody says otherwise. */
const shown: ReadonlySet<string> = new Set([
  'snapshot.get',
  'backup.list',
  'checkpoint.list',
  'undo.list',
  'job.list',
  'job.show',
  'job.log',
  'log.tail',
  'schedule.list',
  'schedule.show',
  'calendar.read',
  'retention.preview',
  'trash.list',
  'space.read',
  'alarm.list',
  'service.list',
  'service.history',
  'report.read',
  'metrics.read',
]);

export function mayCall({ role }: Door, method: string): boolean {
  return role === 'admin' || shown.has(method);
}
