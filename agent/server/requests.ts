import * as z from 'zod';
import { failureOf, KedgeError } from '../../protocol/failures.ts';
import type { RecordedAnswer } from '../state/request-records.ts';
import type { State } from '../state/state.ts';
import { auditedOutcome, auditedParams } from './audited.ts';
import type { Asker } from './door.ts';

const WithId = z.object({ requestId: z.uuid() });

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

  const perform = async (
    id: string,
    act: () => Promise<unknown>,
    entry: number,
  ): Promise<RecordedAnswer> => {
    const answer: RecordedAnswer = await act().then(
      (result) => ({ kind: 'result', result }),
      (error: unknown) => ({ kind: 'failure', failure: failureOf(error) }),
    );
    try {
      state.requests.answer(id, answer);
      state.audit.end(entry, auditedOutcome(answer));
    } finally {
      atWork.delete(id);
    }
    return answer;
  };

  return {
    async once(method, params, act, asker) {
      const { requestId } = WithId.parse(params);
      const running = atWork.get(requestId);
      const known = state.requests.begin(requestId, method, asker.socket, now());
      if (known.kind === 'other' || known.kind === 'foreign') {
        const problem =
          known.kind === 'other'
            ? `it was used for ${known.method} before`
            : 'it came through another socket before';
        throw new KedgeError('bad-argument', { what: `request id ${requestId}`, problem });
      }
      if (running !== undefined) return unwrap(await running);
      if (known.kind === 'answered') return unwrap(known.answer);
      if (known.kind === 'begun') {
        const why = 'Kedge stopped while it acted; look at what it did before asking again';
        throw new KedgeError('interrupted', { kind: 'request', step: method, why });
      }
      const record = { atMs: now(), method, params: auditedParams(method, params), ...asker };
      const work = perform(requestId, act, state.audit.begin(record));
      atWork.set(requestId, work);
      return unwrap(await work);
    },
  };
}

function unwrap(answer: RecordedAnswer): unknown {
  if (answer.kind === 'result') return answer.result;
  throw new KedgeError(answer.failure.code, answer.failure.params);
}
