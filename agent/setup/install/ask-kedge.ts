import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { showProperties } from '../../services/systemd/unit-facts.ts';
import { ownUnit } from '../unit/unit-order.ts';
import { installedPlaces } from './install-places.ts';

const run = promisify(execFile);
const answerMs = 15_000;
const betweenMs = 250;
/** Then systemd has started it anew so often that it will not come up. */
const tooManyStarts = 2;

const Jobs = z.object({
  jobs: z.array(z.object({ title: z.string(), state: z.object({ kind: z.string() }) })),
});

/** Asks through the command line of that version, which speaks with its daemon whatever we would speak. */
async function jobsOf(launcher: string, signal: AbortSignal): Promise<readonly string[]> {
  const words = ['--socket', installedPlaces.socket, '--json', 'job', 'list', '--limit', '20'];
  const { stdout } = await run(launcher, words, { timeout: answerMs, signal });
  const { jobs } = Jobs.parse(JSON.parse(stdout));
  return jobs.flatMap(({ title, state }) => (state.kind === 'running' ? [title] : []));
}

/** A daemon that does not answer has no job that anybody could wait for. */
export async function waitUntilIdle(
  launcher: string,
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  const untilMs = Date.now() + seconds * 1000;
  for (;;) {
    const jobs = await jobsOf(launcher, signal).catch(() => {
      signal.throwIfAborted();
      return [];
    });
    const [first] = jobs;
    if (first === undefined) return;
    if (Date.now() > untilMs)
      throw new KedgeError('busy', { what: 'Kedge', why: `"${first}" is at work` });
    await delay(betweenMs, undefined, { signal });
  }
}

/** Ready to systemd, and answers. Throws what is wrong as a plain error. */
export async function waitUntilHealthy(
  launcher: string,
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  const untilMs = Date.now() + seconds * 1000;
  let why = '';
  while (Date.now() < untilMs) {
    const unit = await ownUnitNow(signal);
    if (unit.state === 'active') {
      try {
        await jobsOf(launcher, signal);
        return;
      } catch {
        signal.throwIfAborted();
        why = 'it is ready and does not answer';
      }
    } else why = `its unit is ${unit.state}`;
    if (unit.state === 'failed' || unit.starts > tooManyStarts) break;
    await delay(betweenMs, undefined, { signal });
  }
  throw new Error(why);
}

async function ownUnitNow(signal: AbortSignal): Promise<{ state: string; starts: number }> {
  const shown = (await showProperties([ownUnit], ['ActiveState', 'NRestarts'], signal)).get(
    ownUnit,
  );
  return { state: shown?.get('ActiveState') ?? '', starts: Number(shown?.get('NRestarts') ?? 0) };
}
