import { basename } from 'node:path';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { JobResult } from '../../protocol/domain/job.ts';
import type { RestorePlan, RestoreResult } from '../../protocol/domain/restore.ts';
import type { Service } from '../../protocol/domain/service.ts';
import { failureOf, KedgeError } from '../../protocol/failures.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { restorePlan, restoreRun, undoRun } from '../../protocol/methods/restore.ts';
import { serviceReset } from '../../protocol/methods/service.ts';
import { type accidents, demoAccident } from '../../protocol/methods/setup.ts';
import type { CommandContext } from '../commands/command.ts';
import { applicationName } from '../commands/confirmation.ts';
import { createContext } from '../commands/create-context.ts';
import { verifyJobOf } from '../commands/verify-job-of.ts';
import type { Session } from '../store/session.ts';
import type { State } from '../store/state.ts';
import { waitFor } from '../store/wait-for.ts';
import { formatBytes } from '../texts/bytes.ts';
import { formatCount } from '../texts/count.ts';
import { demoTexts } from '../texts/english/demo-texts.ts';
import { tourTexts } from '../texts/english/tour-texts.ts';
import { formatDuration } from '../texts/time.ts';
import type { DemoRun } from './demo.ts';
import { damageIn, damageWords, planWords } from './tour-damage.ts';

interface Tour {
  readonly context: CommandContext;
  /** The title of the next step. */
  readonly begin: (title: string) => void;
  readonly say: (line: string) => void;
}

/** Everything Kedge is for, once, in plain lines with figures. What does not work is thrown. */
export async function runTour(run: DemoRun & { readonly session: Session }): Promise<number> {
  const { output, session, signal } = run;
  const started = Date.now();
  let count = 0;
  let title = '';
  const begin = (next: string): void => {
    count += 1;
    title = next;
    output.show([tourTexts.step(count, title)]);
  };
  const silent = {
    show: () => undefined,
    ask: async () => undefined,
    askSecret: async () => undefined,
    editText: async () => undefined,
    onJob: () => undefined,
    onProgress: () => undefined,
    note: () => undefined,
  };
  const context = createContext(session, silent, signal);
  output.show([tourTexts.noTerminal]);
  try {
    await takeTour({ context, begin, say: (line) => output.show([`   ${line}`]) });
  } catch (error) {
    output.show([tourTexts.failed(title)]);
    throw error;
  }
  output.show([tourTexts.done(formatDuration((Date.now() - started) / 1000))]);
  return 0;
}

async function takeTour(tour: Tour): Promise<void> {
  const titles = tourTexts.titles;
  tour.begin(titles.up);
  await showDemo(tour);
  tour.begin(titles.full);
  const { backup, job } = await takeFull(tour);
  tour.begin(titles.verify);
  await verify(tour, backup, job);
  tour.begin(titles.plan);
  for (const line of planWords(await plan(tour, backup))) tour.say(line);
  tour.begin(titles.damage);
  const overwritten = await damage(tour);
  tour.begin(titles.restore);
  const undo = await restore(tour, backup, overwritten);
  tour.begin(titles.undo);
  await undoRestore(tour, undo);
  tour.begin(titles.reset);
  await resetAll(tour);
}

const healthyTimeoutMs = 45_000;
const busyTimeoutMs = 45_000;
/** Jobs that a reset does not have to wait for. */
const readingJobs: ReadonlySet<string> = new Set(['verify', 'plan']);

async function showDemo({ context, say }: Tour): Promise<void> {
  const demo = context.store.get().snapshot?.demo;
  if (demo === undefined) throw unexpected('demo', demoTexts.notADemo);
  say(demoTexts.running(demo.url));
  const deadline = AbortSignal.any([context.signal, AbortSignal.timeout(healthyTimeoutMs)]);
  const allHealthy = (state: State): readonly Service[] | undefined => {
    const services = state.snapshot?.services ?? [];
    return services.every((one) => one.health === 'healthy') ? services : undefined;
  };
  const services = await waitFor(context.store, allHealthy, deadline);
  say(tourTexts.services(services.map((one) => `${one.id} ${one.health}`).join(', ')));
}

async function takeFull({ context, say }: Tour): Promise<{ backup: Backup; job: number }> {
  const { job } = await context.call(backupCreate, { name: 'tour' }, context.signal);
  const { result, seconds } = await resultOf(context, job);
  if (result.kind !== 'backup') throw unexpected('backup', result.kind);
  const { backup } = result;
  const sizes = [formatBytes(backup.sizeBytes), formatBytes(backup.contentBytes)] as const;
  say(tourTexts.backup(basename(backup.path), ...sizes, formatDuration(seconds)));
  say(tourTexts.outcome(backup.outcome));
  if (backup.outcome !== 'complete') throw unexpected('backup', backup.outcome);
  return { backup, job };
}

async function verify({ context, say }: Tour, backup: Backup, backupJob: number): Promise<void> {
  const job = await verifyJobOf(context, backup.id, backupJob);
  const { result, seconds } = await resultOf(context, job);
  if (result.kind !== 'verify') throw unexpected('verify', result.kind);
  const { frames, members, integrity, sha256 } = result.verify;
  if (integrity !== 'ok') throw unexpected('integrity', integrity);
  const counts = [formatCount(frames), formatCount(members)] as const;
  say(tourTexts.verified(...counts, formatDuration(seconds)));
  say(tourTexts.sha256(sha256));
}

async function plan({ context }: Tour, backup: Backup): Promise<RestorePlan> {
  const order = { backup: { kind: 'id', id: backup.id } } as const;
  const { job } = await context.call(restorePlan, order, context.signal);
  const { result } = await resultOf(context, job);
  if (result.kind !== 'plan') throw unexpected('plan', result.kind);
  const [obstacle] = result.plan.obstacles;
  if (obstacle !== undefined) throw unexpected('plan', obstacle);
  return result.plan;
}

/** Answers with the path of the upload that was overwritten. */
async function damage({ context, say }: Tour): Promise<string> {
  const cause = async (accident: (typeof accidents)[number]): Promise<string> => {
    const { text } = await context.call(demoAccident, { accident }, context.signal);
    say(text);
    return text;
  };
  await cause('delete-patients');
  return /"([^"]+)"/.exec(await cause('overwrite-upload'))?.[1] ?? '';
}

/** Answers with the id of its undo. */
async function restore(tour: Tour, backup: Backup, overwritten: string): Promise<string> {
  const { context, say } = tour;
  const fresh = await plan(tour, backup);
  const seen = damageIn(fresh, overwritten);
  if (seen.tables.length === 0 || seen.files.length === 0)
    throw unexpected('plan', tourTexts.notSeen);
  say(tourTexts.seen(damageWords(seen)));
  const confirmation = applicationName(context);
  const order = { plan: fresh.id, confirmation };
  const { job } = await context.call(restoreRun, order, context.signal);
  const done = await restoreResult(context, job, 'restored');
  say(tourTexts.restored(formatDuration(done.downtimeMs / 1000)));
  const left = damageIn(await plan(tour, backup), overwritten);
  if (left.tables.length + left.files.length > 0)
    throw unexpected('restore', tourTexts.notProven(damageWords(left)));
  say(tourTexts.proven);
  if (done.undo === undefined) throw unexpected('restore', 'it kept no undo');
  return done.undo;
}

async function undoRestore({ context, say }: Tour, undo: string): Promise<void> {
  const order = { undo, confirmation: applicationName(context) };
  const { job } = await context.call(undoRun, order, context.signal);
  const done = await restoreResult(context, job, 'undone');
  say(tourTexts.undone(formatDuration(done.downtimeMs / 1000)));
}

async function resetAll({ context, say }: Tour): Promise<void> {
  const { job } = await resetWhenFree(context);
  const { result } = await resultOf(context, job);
  if (result.kind !== 'reset') throw unexpected('reset', result.kind);
  for (const step of result.reset.steps)
    say(tourTexts.reset(step.service, step.action, formatDuration((step.ms ?? 0) / 1000)));
  if (result.reset.outcome !== 'done') throw unexpected('reset', result.reset.outcome);
}

/** A reset does not queue: a scheduled backup that has just begun is waited for. */
async function resetWhenFree(context: CommandContext): Promise<{ job: number }> {
  try {
    return await context.call(serviceReset, {}, context.signal);
  } catch (error) {
    if (failureOf(error).code !== 'busy') throw error;
  }
  const deadline = AbortSignal.any([context.signal, AbortSignal.timeout(busyTimeoutMs)]);
  const free = ({ snapshot }: State): true | undefined =>
    snapshot?.jobs.every((job) => job.state.kind !== 'running' || readingJobs.has(job.kind))
      ? true
      : undefined;
  await waitFor(context.store, free, deadline);
  return await context.call(serviceReset, {}, context.signal);
}

async function restoreResult(
  context: CommandContext,
  job: number,
  wanted: RestoreResult['outcome'],
): Promise<RestoreResult> {
  const { result } = await resultOf(context, job);
  if (result.kind !== 'restore') throw unexpected('restore', result.kind);
  if (result.restore.outcome !== wanted) throw unexpected('restore', result.restore.outcome);
  return result.restore;
}

async function resultOf(
  context: CommandContext,
  id: number,
): Promise<{ result: JobResult; seconds: number }> {
  const job = await context.followJob(id);
  if (job.state.kind !== 'done') throw unexpected(`job ${id}`, job.state.kind);
  const tookMs = (job.finishedAtMs ?? 0) - (job.startedAtMs ?? 0);
  return { result: job.state.result, seconds: tookMs / 1000 };
}

function unexpected(what: string, got: string): KedgeError {
  return new KedgeError('internal', { cause: tourTexts.unexpected(what, got) });
}
