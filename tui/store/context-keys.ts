import { lostRecoveries } from './lost-recoveries.ts';
import type { State } from './state.ts';
import type { ContextKeys } from './when.ts';

/** The context keys that follow from the state; the workbench adds its own (focus, screen, size). */
export function contextKeysOf(state: State): ContextKeys {
  const { snapshot, connection } = state;
  return {
    connected: connection.kind === 'open',
    role: connection.kind === 'open' ? connection.session.role : undefined,
    configured: snapshot?.application !== undefined,
    demo: snapshot?.demo !== undefined,
    hasBackups: (snapshot?.backupCount ?? 0) > 0,
    backupsFiltered: state.backups.filter !== '',
    hasServices: (snapshot?.services.length ?? 0) > 0,
    hasSchedules: (snapshot?.schedules.length ?? 0) > 0,
    hasUndos: snapshot?.undos.some((undo) => undo.state === 'ready') ?? false,
    hasLostRecoveries: lostRecoveries(snapshot).length > 0,
    hasProblems: (snapshot?.problems.length ?? 0) > 0,
    jobRunning: snapshot?.jobs.some((job) => job.state.kind === 'running') ?? false,
  };
}
