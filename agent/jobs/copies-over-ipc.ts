import { KedgeError } from '../../protocol/failures.ts';
import type { CopyDesk } from '../backup/copies/copy-order.ts';
import type { FromJob, ToJob } from './job-messages.ts';

type Answer = Extract<ToJob, { kind: 'copy-answer' }>;

/** The job's end of telling the daemon what it copied. */
export interface CopiesOverIpc extends CopyDesk {
  answered(answer: Answer): void;
  /** The daemon is gone: whoever waits learns it, and nothing more is copied. */
  lost(reason: Error): void;
}

export function copiesOverIpc(send: (message: FromJob) => void): CopiesOverIpc {
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  let lastId = 0;
  let gone: Error | undefined;
  const ask = async (message: (id: number) => FromJob): Promise<string | undefined> => {
    if (gone !== undefined) throw gone;
    const id = ++lastId;
    const answer = Promise.withResolvers<Answer>();
    waiting.set(id, answer);
    send(message(id));
    const { failure, why } = await answer.promise;
    if (failure !== undefined) throw new KedgeError(failure.code, failure.params);
    return why;
  };
  return {
    async copied(made) {
      await ask((id) => ({ kind: 'copied', id, made }));
    },
    letGo: async (backup, near, far) =>
      await ask((id) => ({ kind: 'let-go', id, backup, near, far })),
    answered(answer) {
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
    },
    lost(reason) {
      gone = reason;
      for (const answer of waiting.values()) answer.reject(reason);
      waiting.clear();
    },
  };
}
