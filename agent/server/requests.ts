import * as z from 'zod';
import { failureOf, KedgeError } from '../../protocol/failures.ts';
import type { RecordedAnswer } from '../state/request-records.ts';
import type { State } from '../state/state.ts';

const WithId = z.object({ requestId: z.uuid() });

export interface Asker {
  readonly socket: string;
  readonly claimedUser?: string;
}

/** Lets a mutating request act once, however often it is sent. */
export interface Requests {
  once(
    method: string,
    params: unknown,
    act: () => Promise<unknown>,
    asker: Asker,
  ): Promise<unknown>;
}

export function recordRequests(state: State, now: () => number): Requests {
  const atWork = new Map<string, Promise<RecordedAnswer>>();

  const perform = async (id: string, act: () => Promise<unknown>): Promise<RecordedAnswer> => {
    const answer: RecordedAnswer = await act().then(
      (result) => ({ kind: 'result', result }),
      (error: unknown) => ({ kind: 'failure', failure: failureOf(error) }),
    );
    try {
      state.requests.answer(id, answer);
    } finally {
      atWork.delete(id);
    }
    return answer;
  };

  return {
    async once(method, params, act, asker) {
      const { requestId } = WithId.parse(params);
      const running = atWork.get(requestId);
      const known = state.requests.begin(requestId, method, now());
      if (known.kind === 'other') {
        const problem = `it was used for ${known.method} before`;
        throw new KedgeError('bad-argument', { what: `request id ${requestId}`, problem });
      }
      if (running !== undefined) return unwrap(await running);
      if (known.kind === 'answered') return unwrap(known.answer);
      if (known.kind === 'begun') {
        const why = 'Kedge stopped while it acted; look at what it did before asking again';
        throw new KedgeError('interrupted', { kind: 'request', step: method, why });
      }
      state.audit({ atMs: now(), method, params: withoutSecrets(params), ...asker });
      const work = perform(requestId, act);
      atWork.set(requestId, work);
      return unwrap(await work);
    },
  };
}

/** The audit says that some were given, and never which. */
function withoutSecrets(params: unknown): unknown {
  if (typeof params !== 'object' || params === null || !('secrets' in params)) return params;
  return { ...params, secrets: 'given' };
}

function unwrap(answer: RecordedAnswer): unknown {
  if (answer.kind === 'result') return answer.result;
  throw new KedgeError(answer.failure.code, answer.failure.params);
}
