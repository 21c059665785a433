import type { Job } from '../../protocol/domain/job.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import { jobCancel } from '../../protocol/methods/job.ts';
import type { Session } from '../store/session.ts';
import { waitForJob } from '../store/wait-for-job.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import { createJobReporter, type JobReporter } from './job-reporter.ts';
import type { Terminal } from './terminal.ts';

/** Kedge away for longer: the job goes on, this program says so and ends. */
const connectionPatienceMs = 60_000;

/**
 * Waits for a job and shows its progress. The first Ctrl+C asks it to stop, the second leaves it
 * running and throws `cancelled`. `quiet`: no progress where no line can be rewritten.
 */
export async function followJob(
  session: Session,
  id: number,
  options: { readonly terminal: Terminal; readonly quiet: boolean; readonly signal: AbortSignal },
): Promise<Job> {
  const { terminal } = options;
  using reporter = createJobReporter(terminal, options.quiet);
  const leaving = new AbortController();
  using _interrupts = terminal.onInterrupt(interrupter(session, id, reporter, leaving));
  using _watch = watchConnection(session, reporter, leaving);
  const signal = AbortSignal.any([options.signal, leaving.signal]);
  return await waitForJob(session, id, tellingQuestions(reporter), signal);
}

/** What a reset asks is answered by another command: this one may be in a script. */
function tellingQuestions(reporter: JobReporter): JobReporter['onJob'] {
  let asked = 0;
  return (job) => {
    reporter.onJob(job);
    const question = job.resetQuestion;
    if (question === undefined || question.id === asked) return;
    asked = question.id;
    const { service, seconds, answers, confirmKill } = question;
    reporter.note(cliTexts.follow.asks(service, seconds, job.id, answers.join('|')));
    if (confirmKill !== undefined) reporter.note(cliTexts.follow.killTyped(job.id, confirmKill));
  };
}

function interrupter(
  session: Session,
  id: number,
  reporter: JobReporter,
  leaving: AbortController,
): () => void {
  let presses = 0;
  return () => {
    presses += 1;
    if (presses > 1) {
      reporter.note(cliTexts.follow.goesOn(id));
      leaving.abort(new KedgeError('cancelled'));
      return;
    }
    reporter.note(cliTexts.follow.asksToStop(id));
    session.call(jobCancel, { job: id }).catch((error: unknown) => {
      const { message, hint } = wordFailure(failureOf(error));
      reporter.note([message, hint].filter(Boolean).join(' '));
    });
  };
}

function watchConnection(
  session: Session,
  reporter: JobReporter,
  leaving: AbortController,
): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const { connection } = session.store.get();
    if (connection.kind === 'lost' && timer === undefined) {
      reporter.note(cliTexts.follow.connectionLost);
      const { code, params } = connection.problem;
      const giveUp = (): void => leaving.abort(new KedgeError(code, params));
      timer = setTimeout(giveUp, connectionPatienceMs);
    }
    if (connection.kind === 'open' && timer !== undefined) {
      clearTimeout(timer);
      timer = undefined;
      reporter.note(cliTexts.follow.connectionBack);
    }
  };
  const unsubscribe = session.store.subscribe(look);
  return {
    [Symbol.dispose]() {
      unsubscribe();
      clearTimeout(timer);
    },
  };
}
