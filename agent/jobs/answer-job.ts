import { failureOf } from '../../protocol/failures.ts';
import type { AskAboutStop } from '../services/late-stop.ts';
import type { ResetControl } from '../services/reset-control.ts';
import type { FromJob, ToJob } from './job-messages.ts';
import type { JobProcess } from './job-process.ts';

type Ask = Extract<FromJob, { kind: 'ask' }>;
type Reply = Extract<ToJob, { kind: 'answer' }>['reply'];

/** What a job may ask the daemon to do. */
export interface AskedOfDaemon {
  readonly services: Omit<ResetControl, 'settings'>;
  readonly askPerson: AskAboutStop;
  /** Returns when it is under way. */
  readonly restartKedge: () => Promise<void>;
}

/** Does with the services what a job asks for. Their own deadlines bound it. */
export async function answerJob(
  ask: Ask,
  asked: AskedOfDaemon,
  process: JobProcess | undefined,
): Promise<void> {
  const reply = await act(ask, asked).catch(
    (error: unknown): Reply => ({ kind: 'failure', failure: failureOf(error) }),
  );
  process?.send({ kind: 'answer', id: ask.id, reply });
}

async function act(ask: Ask, { services, askPerson, restartKedge }: AskedOfDaemon): Promise<Reply> {
  const { signal } = new AbortController();
  switch (ask.call) {
    case 'status':
      return { kind: 'services', services: await services.status(signal) };
    case 'preflight': {
      const problems = (await services.preflight?.(ask.services ?? [], signal)) ?? [];
      return { kind: 'problems', problems };
    }
    case 'stop':
      await services.stop(ask.service, signal, askPerson);
      break;
    case 'start':
      await services.start(ask.service, signal);
      break;
    case 'restart-kedge':
      await restartKedge();
      break;
    default:
      ask.call satisfies never;
  }
  return { kind: 'ok' };
}
