import type { ResetProblem } from '../../protocol/domain/reset.ts';
import type { ServiceControl } from './service-control.ts';
import type { ServiceSettings } from './settings.ts';

/** The services as a reset uses them. */
export interface ResetControl extends ServiceControl {
  readonly settings: Readonly<Record<string, ServiceSettings>>;
  /** What would keep these from being stopped and started. Absent: nothing is asked. */
  preflight?(ids: readonly string[], signal: AbortSignal): Promise<readonly ResetProblem[]>;
  /** Asks for it and ends with this process; returning is a failure. Absent: it can't be. */
  restartKedge?(signal: AbortSignal): Promise<void>;
}
