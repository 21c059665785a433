import { once } from 'node:events';
import type { Service } from '../../protocol/domain/service.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { ResetControl } from '../services/reset-control.ts';
import type { FromJob, ToJob } from './job-messages.ts';

type Ask = Extract<FromJob, { kind: 'ask' }>;
type Reply = Extract<ToJob, { kind: 'answer' }>['reply'];

/** The job's end of asking the daemon for what it does with services. */
export interface ServicesOverIpc extends Omit<ResetControl, 'settings'> {
  answered(id: number, reply: Reply): void;
  /** The daemon is gone: whoever waits learns it. */
  lost(reason: Error): void;
}

/** From the request to the end of the daemon, which may have to wait for what else it does. */
const restartMs = 60_000;

export function servicesOverIpc(send: (message: FromJob) => void): ServicesOverIpc {
  const waiting = new Map<number, PromiseWithResolvers<Reply>>();
  let lastId = 0;
  let gone: Error | undefined;
  const ask = async (
    call: Ask['call'],
    service: string,
    services?: readonly string[],
  ): Promise<Reply> => {
    if (gone !== undefined) throw gone;
    const id = ++lastId;
    const answer = Promise.withResolvers<Reply>();
    waiting.set(id, answer);
    send({ kind: 'ask', id, call, service, ...(services === undefined ? {} : { services }) });
    const reply = await answer.promise;
    if (reply.kind === 'failure') throw new KedgeError(reply.failure.code, reply.failure.params);
    return reply;
  };
  return {
    async status(): Promise<readonly Service[]> {
      const reply = await ask('status', '');
      return reply.kind === 'services' ? reply.services : [];
    },
    async stop(id) {
      await ask('stop', id);
    },
    async start(id) {
      await ask('start', id);
    },
    async preflight(ids) {
      const reply = await ask('preflight', '', ids);
      return reply.kind === 'problems' ? reply.problems : [];
    },
    async restartKedge() {
      await ask('restart-kedge', '');
      // This process ends with the daemon, and nothing else is left to do.
      await once(AbortSignal.timeout(restartMs), 'abort');
    },
    answered(id, reply) {
      waiting.get(id)?.resolve(reply);
      waiting.delete(id);
    },
    lost(reason) {
      gone = reason;
      for (const answer of waiting.values()) answer.reject(reason);
      waiting.clear();
    },
  };
}
