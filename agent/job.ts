import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Failure, failureOf, KedgeError } from '../protocol/failures.ts';
import { namingSystemError } from './backup/space.ts';
import { copiesOverIpc } from './jobs/copies-over-ipc.ts';
import { type FromJob, type JobStart, ToJob } from './jobs/job-messages.ts';
import { createProgressMeter } from './jobs/progress-meter.ts';
import { runJob } from './jobs/run-job.ts';
import { type ServicesOverIpc, servicesOverIpc } from './jobs/services-over-ipc.ts';
import { removeTree } from './os/files.ts';
import { type Lock, tryLock } from './os/lock.ts';
import type { Work } from './os/work.ts';

/** A job that lost its daemon starts no new step; it is given this long to end the one at work. */
const orphanDeadlineMs = 20_000;

const stop = new AbortController();
const services = servicesOverIpc(send);
const copies = copiesOverIpc(send);

process.on('message', (raw) => void onMessage(ToJob.parse(raw)));
process.once('disconnect', () => leave('the daemon is gone'));
process.once('SIGTERM', () => leave('it was asked to stop'));

async function onMessage(message: ToJob): Promise<void> {
  switch (message.kind) {
    case 'start':
      await run(message, services);
      break;
    case 'cancel':
      stop.abort(new KedgeError('cancelled'));
      break;
    case 'answer':
      services.answered(message.id, message.reply);
      break;
    case 'copy-answer':
      copies.answered(message);
      break;
    default:
      message satisfies never;
  }
}

async function run(start: JobStart, control: ServicesOverIpc): Promise<void> {
  const scratch = join(start.stateFolder, 'scratch', String(start.job));
  const locks = join(start.stateFolder, 'locks');
  let last: FromJob;
  try {
    await mkdir(locks, { recursive: true });
    // Held for the life of the process: who holds it knows that this job has ended.
    using lock = tryLock(join(locks, `job-${start.job}`));
    if (lock === undefined)
      throw new KedgeError('busy', { what: 'the job', why: 'it runs already' });
    using dead =
      start.order.kind === 'recovery' ? lockOfDead(locks, start.order.journal) : undefined;
    if (start.order.kind === 'recovery' && dead === undefined)
      throw new KedgeError('busy', { what: 'the recovery', why: 'the job still runs' });
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    const result = await runJob(
      start,
      workOf(start.job, scratch),
      { services: control, copies },
      send,
    );
    last = { kind: 'done', result };
  } catch (error) {
    last = { kind: 'failed', failure: whyItEnded(await namingSystemError(error)) };
    if (last.failure.code === 'internal') process.stderr.write(`${stackOf(error)}\n`);
  }
  await removeTree(scratch).catch(() => undefined);
  send(last, () => process.exit(0));
}

/** What it was asked to do explains most of what goes wrong after that, but never data that was exchanged. */
function whyItEnded(error: unknown): Failure {
  const failure = failureOf(error);
  const asked = stop.signal.aborted && failure.code !== 'rolled-back';
  return asked ? failureOf(stop.signal.reason) : failure;
}

/** A dead job's data is touched only by who holds its lock, which nobody can while it lives. */
function lockOfDead(locks: string, journal: string): Lock | undefined {
  return tryLock(join(locks, `job-${basename(journal, '.jsonl')}`));
}

function workOf(job: number, scratch: string): Work {
  const meter = createProgressMeter((progress) => send({ kind: 'progress', progress }), Date.now);
  return {
    job,
    signal: stop.signal,
    scratch,
    progress: (step, done, total, cancellable = true) => meter(step, done, total, cancellable),
    log: (level, text) => send({ kind: 'log', level, text }),
  };
}

function send(message: FromJob, then?: () => void): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => then?.());
  else then?.();
}

function leave(why: string): void {
  stop.abort(new KedgeError('interrupted', { kind: 'job', step: 'any', why }));
  services.lost(new KedgeError('interrupted', { kind: 'job', step: 'any', why }));
  copies.lost(new Error(why));
  setTimeout(() => process.exit(1), orphanDeadlineMs).unref();
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
