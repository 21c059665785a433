import type { Service } from '../../protocol/domain/service.ts';
import type { AskAboutStop } from './late-stop.ts';

/**
 * The services of the application, as reset and restore use them. The daemon implements it;
 * in a job process it is a proxy over IPC, because services must never be children of a niced job.
 */
export interface ServiceControl {
  status(signal: AbortSignal): Promise<readonly Service[]>;
  /** Asks it to stop and waits until it is down and stays down, within its own deadline; throws service-stop-failed. */
  stop(id: string, signal: AbortSignal, ask?: AskAboutStop): Promise<void>;
  /** Starts it and waits until it is healthy for its stable time; throws service-start-failed with the last log line. */
  start(id: string, signal: AbortSignal): Promise<void>;
}
