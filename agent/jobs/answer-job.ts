import { failureOf } from '../../protocol/failures.ts';
import type { AskAboutStop } from '../services/late-stop.ts';
import type { ServiceControl } from '../services/service-control.ts';
import type { FromJob, ToJob } from './job-messages.ts';
import type { JobProcess } from './job-process.ts';

type Ask = Extract<FromJob, { kind: 'ask' }>;
type Reply = Extract<ToJob, { kind: 'answer' }>['reply'];

/** Does with the services what a job asks for. Their own deadlines bound it. */
export async function answerJob(
  ask: Ask,
  services: ServiceControl,
  process: JobProcess | undefined,
  askPerson?: AskAboutStop,
): Promise<void> {
  const reply = await act(ask, services, askPerson).catch(
    (error: unknown): Reply => ({ kind: 'failure', failure: failureOf(error) }),
  );
  process?.send({ kind: 'answer', id: ask.id, reply });
}

async function act(
  ask: Ask,
  services: ServiceControl,
  askPerson: AskAboutStop | undefined,
): Promise<Reply> {
  const { signal } = new AbortController();
  if (ask.call === 'status') return { kind: 'services', services: await services.status(signal) };
  if (ask.call === 'stop') await services.stop(ask.service, signal, askPerson);
  else await services.start(ask.service, signal);
  return { kind: 'ok' };
}
