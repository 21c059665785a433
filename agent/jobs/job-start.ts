import type { Secrets } from '../../protocol/domain/secrets.ts';
import type { Config } from '../config/config.ts';
import type { JobStart } from './job-messages.ts';
import type { JobOrder } from './job-order.ts';

/** What a job is told beside its order. */
export interface StartFacts {
  readonly stateFolder: string;
  readonly installation: string;
  /** What a job works by; throws where there is none. */
  readonly config: (order: JobOrder) => { config: Config; text: string };
  /** Archive bytes for each content byte of the last full. */
  readonly lastRatio: () => number | undefined;
}

export function startMessage(
  job: number,
  order: JobOrder,
  facts: StartFacts,
  secrets: Secrets | undefined,
): JobStart {
  const { config, text } = facts.config(order);
  const lastRatio = facts.lastRatio();
  return {
    kind: 'start',
    job,
    order,
    config,
    configText: text,
    stateFolder: facts.stateFolder,
    installation: facts.installation,
    ...(lastRatio === undefined ? {} : { lastRatio }),
    ...(secrets === undefined ? {} : { secrets }),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
