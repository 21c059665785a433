import type { ResetAnswer } from '../../protocol/domain/reset.ts';
import type { ServiceClient } from '../../protocol/domain/service-client.ts';

/** A service that did not stop in time. */
export interface LateStop {
  readonly service: string;
  /** So long it has been asked to. */
  readonly seconds: number;
  readonly pid?: number;
  readonly answers: readonly ResetAnswer[];
  /** Of a database: those that it may be waiting for. */
  readonly clients?: readonly ServiceClient[];
  /** To be typed for a kill. */
  readonly confirmKill?: string;
}

/** Asks what to do about it. It is waited for meanwhile; `signal` takes the question back once it is down. */
export type AskAboutStop = (late: LateStop, signal: AbortSignal) => Promise<ResetAnswer>;
