import type { Config } from '../config/config.ts';
import type { ServiceControl } from '../services/service-control.ts';

/** What a restore, an undo and a recovery work on. */
export interface RestoreContext {
  readonly config: Config;
  readonly stateFolder: string;
  readonly installation: string;
  readonly services: ServiceControl;
}
