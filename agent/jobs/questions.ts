import type { ResetAnswer, ResetQuestion } from '../../protocol/domain/reset.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { AskAboutStop, LateStop } from '../services/late-stop.ts';
import type { JobOrder } from './job-order.ts';

/** A question of a job at work, shown with it until somebody answers. */
export interface OpenQuestion {
  readonly shown: ResetQuestion;
  readonly answered: (answer: ResetAnswer) => void;
}

export interface PersonsAnswer {
  readonly question: number;
  readonly answer: ResetAnswer;
  readonly typed?: string | undefined;
}

interface Asking {
  readonly order: JobOrder;
  question?: OpenQuestion;
  /** Aborted once it was cancelled or is gone: an answer would change nothing any more. */
  readonly over: AbortController;
}

interface Around<A extends Asking> {
  readonly now: () => number;
  readonly isAttended: () => boolean;
  readonly changed: (at: A) => void;
}

/** Whoever reads it may have to look after the service first; then nobody is taken to be there. */
const answerWithinMs = 5 * 60_000;

let lastId = 0;

/** Puts a question on `at` and waits for its answer; withdrawn at the abort and with its job. Only a reset asks. */
export function askPerson<A extends Asking>(at: A, around: Around<A>): AskAboutStop {
  const { now, changed, isAttended } = around;
  return async (late, signal) => {
    const { order, over } = at;
    if (order.kind !== 'reset' || over.signal.aborted) return 'abort';
    if (!(order.attended ?? isAttended())) return 'abort';
    const { promise, resolve } = Promise.withResolvers<ResetAnswer>();
    const shown = questionOf(late, now());
    at.question = { shown, answered: resolve };
    changed(at);
    const deadline = AbortSignal.any([signal, over.signal, AbortSignal.timeout(answerWithinMs)]);
    const giveUp = (): void => resolve('abort');
    deadline.addEventListener('abort', giveUp, { once: true });
    try {
      return await promise;
    } finally {
      deadline.removeEventListener('abort', giveUp);
      if (at.question?.shown.id === shown.id) delete at.question;
      changed(at);
    }
  };
}

function questionOf({ confirmKill, pid, ...late }: LateStop, nowMs: number): ResetQuestion {
  return {
    id: ++lastId,
    ...late,
    askedAtMs: nowMs,
    untilMs: nowMs + answerWithinMs,
    ...(pid === undefined ? {} : { pid }),
    ...(confirmKill === undefined ? {} : { confirmKill }),
  };
}

/** Throws reset-asks-nothing, and reset-kill-untyped where the name is not that of the question. */
export function takeAnswer(
  job: number,
  open: OpenQuestion | undefined,
  { question, answer, typed }: PersonsAnswer,
): void {
  if (open === undefined || open.shown.id !== question || !open.shown.answers.includes(answer))
    throw new KedgeError('reset-asks-nothing', { job });
  const { confirmKill, service } = open.shown;
  if (answer === 'kill' && confirmKill !== undefined && typed !== confirmKill)
    throw new KedgeError('reset-kill-untyped', { service });
  open.answered(answer);
}
