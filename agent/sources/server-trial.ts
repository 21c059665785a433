import { createHash } from 'node:crypto';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import { spaceOf } from '../os/files.ts';
import { wordBytes } from '../os/word-bytes.ts';
import type { Work } from '../os/work.ts';

/** What restoring a backup into its server, beside what is live, has shown. */
export interface TrialFound {
  /** What was proven, or why that could not be done here: no fault of the backup. */
  readonly notes: readonly string[];
  /** What is wrong with the backup. */
  readonly problems: readonly string[];
  /** What a server says of all of it, where nothing else looks at its content; absent: it was not asked. */
  readonly integrity?: 'ok' | 'damaged';
}

/** Of a database in a server: a drill restores it there under a name of its own. Nothing live is touched. */
export interface ServerTrial {
  /** Restores what was unpacked into `folder`, proves it and drops it. */
  run(folder: string, installation: string, work: Work): Promise<TrialFound>;
  /** Drops what one that died may have left; nothing there is fine. */
  clear(installation: string, signal: AbortSignal): Promise<void>;
}

/** Bytes that it takes below a folder. */
export interface TrialRoom {
  readonly path: string;
  readonly bytes: number;
}

/** What an engine does of it. */
export interface TrialWays<Facts> {
  readonly source: string;
  /** Of what stands beside it in its server. */
  nameOf(suffix: string): string;
  /** What describes the backup. */
  facts(folder: string): Promise<Facts>;
  /** What stands against it in this server. */
  obstacles(facts: Facts, work: Work): Promise<readonly string[]>;
  /** Undefined: that can't be seen from here. */
  room(facts: Facts, folder: string): Promise<TrialRoom | undefined>;
  /** Makes it under this name, and proves it; answers notes. */
  restore(name: string, facts: Facts, folder: string, work: Work): Promise<readonly string[]>;
  /** What that proves: "with the rows of every table". */
  readonly proves: string;
  drop(name: string, signal: AbortSignal): Promise<void>;
  /** Codes of failures that are the backup's own, beside those of dumps. */
  readonly faults?: readonly string[];
}

export function serverTrial<Facts>(ways: TrialWays<Facts>): ServerTrial {
  const nameOf = (installation: string): string => ways.nameOf(trialSuffix(installation));
  return {
    run: async (folder, installation, work) =>
      await tryDatabase(ways, nameOf(installation), folder, work),
    clear: async (installation, signal) => await ways.drop(nameOf(installation), signal),
  };
}

/** `drill_1234567890`: of one Kedge always the same, so that its next drill finds what the last one left. */
function trialSuffix(installation: string): string {
  const hash = createHash('sha256').update(installation).digest('hex');
  return `drill_${Number.parseInt(hash.slice(0, 8), 16)}`;
}

async function tryDatabase<Facts>(
  ways: TrialWays<Facts>,
  name: string,
  folder: string,
  work: Work,
): Promise<TrialFound> {
  const { signal } = work;
  const facts = await ways.facts(folder);
  work.progress(`restore ${ways.source} into its server`, 0, 0);
  const why = (await ways.obstacles(facts, work)).join('; ');
  if (why !== '') return notRestored(why);
  const full = await whyNoRoom(await ways.room(facts, folder));
  if (full !== undefined) return notRestored(full);
  const began = performance.now();
  const notes: string[] = [];
  try {
    await ways.drop(name, signal);
    notes.push(...(await ways.restore(name, facts, folder, work)));
  } catch (error) {
    signal.throwIfAborted();
    return withLeft(foundIn(error, ways.faults), await whyLeft(ways, name));
  }
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const note = `restored into its server as "${name}" in ${seconds} s, ${ways.proves}, and dropped there again`;
  return withLeft({ notes: [note, ...notes], problems: [] }, await whyLeft(ways, name));
}

async function whyNoRoom(need: TrialRoom | undefined): Promise<string | undefined> {
  if (need === undefined) return undefined;
  const { path, bytes } = need;
  const { freeBytes } = await spaceOf(path);
  if (freeBytes >= bytes) return undefined;
  return `"${path}" has ${wordBytes(freeBytes)} free, and ${wordBytes(bytes)} are needed`;
}

const notRestored = (why: string): TrialFound => ({
  notes: [`it was not restored into its server, so that is not proven: ${why}`],
  problems: [],
});

const ofDumps = ['dump-tool-failed', 'source-miscounted'];

/** What the server makes of the backup is told of the backup; all else is about the server. */
function foundIn(error: unknown, faults: readonly string[] = []): TrialFound {
  if (!(error instanceof KedgeError)) throw error;
  const { message } = wordFailure(error.failure);
  return [...ofDumps, ...faults].includes(error.failure.code)
    ? { notes: [], problems: [`it does not come back in its server: ${message}`] }
    : notRestored(message);
}

/** `left`: why it is still there. */
function withLeft({ notes, problems }: TrialFound, left: string | undefined): TrialFound {
  if (left === undefined) return { notes, problems };
  const note = `what was restored there could not be dropped, and goes with the next drill: ${left}`;
  return { notes: [...notes, note], problems };
}

/** Long enough for a drop on a server under load. */
const dropMs = 60_000;

/** Dropped also when the drill was cancelled. */
async function whyLeft<Facts>(ways: TrialWays<Facts>, name: string): Promise<string | undefined> {
  return await ways.drop(name, AbortSignal.timeout(dropMs)).then(
    () => undefined,
    (error: unknown) => wordFailure(failureOf(error)).message,
  );
}
