import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { failureOf, KedgeError } from '../protocol/failures.ts';
import { type FromJob, type JobStart, ToJob } from './jobs/job-messages.ts';
import { createProgressMeter } from './jobs/progress-meter.ts';
import { runJob } from './jobs/run-job.ts';
import { type ServicesOverIpc, servicesOverIpc } from './jobs/services-over-ipc.ts';
import { removeTree } from './os/files.ts';
import { tryLock } from './os/lock.ts';
import type { Work } from './os/work.ts';

/** A job that lost its daemon starts no new step; it is given this long to end the one at work. */
const orphanDeadlineMs = 20_000;

const stop = new AbortController();
const services = servicesOverIpc(send);

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
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    const result = await runJob(start, workOf(start.job, scratch), control, send);
    last = { kind: 'done', result };
  } catch (error) {
    last = { kind: 'failed', failure: failureOf(stop.signal.aborted ? stop.signal.reason : error) };
    if (last.failure.code === 'internal') process.stderr.write(`${stackOf(error)}\n`);
  }
  await removeTree(scratch).catch(() => undefined);
  send(last, () => process.exit(0));
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
  services.lost(new Error(why));
  setTimeout(() => process.exit(1), orphanDeadlineMs).unref();
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
