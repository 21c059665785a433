import type { Failure } from '../../protocol/failures.ts';

export type LogLevel = 'info' | 'warning' | 'error';

/** What a service manager says of a service; health also asks the probes. */
export type ManagerStatus =
  | {
      readonly kind: 'running';
      /** Absent where its manager names none. */
      readonly pid?: number;
      /** Names this run of the service: another one after each start. */
      readonly incarnation: string;
      readonly startedAtMs: number;
      /** What it says of itself: "Taking your SQL requests now...". */
      readonly detail?: string;
      /** It was asked to stop and runs again, started by this: "clinic.socket". */
      readonly startedBy?: string;
      /** Measured only where somebody watches and the manager can. */
      readonly usage?: Usage;
    }
  /** Asked to run and not there yet, or about to be started again by its manager. */
  | {
      readonly kind: 'starting';
      readonly detail: string;
      readonly pid?: number;
      readonly incarnation?: string;
    }
  | { readonly kind: 'stopping'; readonly detail: string; readonly pid?: number }
  /** Down because it was asked to be, or never started. */
  | { readonly kind: 'stopped'; readonly detail: string }
  /** Down by itself. `detail`: "exit 3: cannot open database". */
  | { readonly kind: 'failed'; readonly detail: string }
  /** The manager did not answer; never taken for stopped. */
  | { readonly kind: 'unknown'; readonly detail: string };

/** Of all its processes. `cpuMs`: processor time since their start. */
export interface Usage {
  readonly memoryBytes?: number;
  readonly cpuMs?: number;
}

/** Lines of a log, oldest first. `gap`: others between the cursor that was given and these are lost. */
export interface LogPage {
  readonly lines: readonly string[];
  /** Where the next ones follow; means the same to a later daemon. */
  readonly cursor: string;
  readonly gap: boolean;
}

/**
 * One service in the hands of its manager. A request returns when it is accepted; whether it came true
 * is decided from `status` and the probes, never from an exit code.
 * Source: every manager runs test/contract/manager.ts.
 */
export interface ManagedService extends AsyncDisposable {
  status(signal: AbortSignal): Promise<ManagerStatus>;
  /** Starts it unless it runs. Throws service-guarded, and service-start-failed where it can't even begin. */
  requestStart(signal: AbortSignal): Promise<void>;
  /** Asks it to end; nothing to do where it is down. */
  requestStop(signal: AbortSignal): Promise<void>;
  /** Ends it without asking. Who calls has made sure that it may be. */
  kill(signal: AbortSignal): Promise<void>;
  /** SIGINT to its main process: a PostgreSQL ends its clients and stops. Absent: its manager can't. */
  interrupt?(signal: AbortSignal): Promise<void>;
  /** Its last lines, oldest first. */
  logs(lines: number): Promise<readonly string[]>;
  /** The lines after a cursor, or the last ones; at once. Absent: `logs` is compared with what was read before. */
  logAfter?(
    cursor: string | undefined,
    lines: number,
    signal: AbortSignal,
  ): Promise<LogPage | undefined>;
  /** Called after each look at it: keeps logs within bounds. */
  maintain(): Promise<void>;
  /** What would keep it from being stopped and started, found without touching it. */
  preflight?(signal: AbortSignal): Promise<readonly Failure[]>;
  /** What would start it again now, and is stopped and started with it. */
  triggers?(signal: AbortSignal): Promise<readonly string[]>;
  /** False: it has no means to. Absent: it can. */
  readonly canKill?: boolean;
}

/** What a manager gets from the supervisor. */
export interface ManagerContext {
  readonly stateFolder: string;
  /** True while data is being exchanged; asked before every start. */
  readonly isGuarded: () => boolean;
  /** Something about the service may have changed: look now, not at the next poll. */
  readonly changed: () => void;
  /** Somebody is connected, so that what it takes of the machine is worth measuring. Absent: nobody. */
  readonly isWatched?: () => boolean;
  readonly log: (level: LogLevel, text: string) => void;
}
