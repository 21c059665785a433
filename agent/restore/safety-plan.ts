import type { RestoreChoices, SafetyPlan } from '../../protocol/domain/restore-safety.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import { configuredSources, type Measured, measureSources } from '../backup/configured-sources.ts';
import { openDestination } from '../backup/destination.ts';
import { expectedArchiveBytes } from '../backup/space.ts';
import { wordProblem } from '../backup/word-problem.ts';
import type { Config } from '../config/config.ts';
import { exists } from '../os/files.ts';
import type { Work } from '../os/work.ts';
import type { SpaceNeed } from '../sources/restore-kind.ts';
import type { SafetyOrder } from './safety-order.ts';

type To = Extract<SafetyOrder, { kind: 'to' }>;

export interface PlannedSafety {
  readonly safety?: SafetyPlan;
  readonly needs: readonly SpaceNeed[];
  readonly obstacles: readonly string[];
}

const nothingNeeded = { needs: [], obstacles: [] } as const;

/** What the safety backup of a restore will be, and the room it takes. Reads only. */
export async function planSafety(
  order: SafetyOrder | undefined,
  choices: RestoreChoices | undefined,
  config: Config,
  work: Work,
): Promise<PlannedSafety> {
  if (order === undefined) return nothingNeeded;
  if (!(await isAnythingLive(config, work.signal))) {
    return { ...nothingNeeded, safety: { kind: 'not needed', why: 'nothing is live' } };
  }
  if (choices?.withoutSafetyBackup === true) {
    return { ...nothingNeeded, safety: { kind: 'left out' } };
  }
  if (order.kind === 'nowhere') return impossible(order.why);
  work.progress('measure the safety backup', 0, 0);
  try {
    return await planTaken(order, config, work);
  } catch (error) {
    if (!(error instanceof KedgeError) || work.signal.aborted) throw error;
    return impossible(wordFailure(failureOf(error)).message);
  }
}

/** Of all configured sources, as all of them would go into the safety backup. */
export async function isAnythingLive(config: Config, signal: AbortSignal): Promise<boolean> {
  const sources = configuredSources(config);
  const paths = sources.flatMap((source) => source.paths);
  const found = await Promise.all([
    ...paths.map(async (path) => await exists(path)),
    ...sources.map(async (source) => await source.isLive?.(signal)),
  ]);
  return found.some((isLive) => isLive === true);
}

function impossible(why: string): PlannedSafety {
  const obstacle = `no safety backup can be taken: ${why}; name a folder with --safety-to, or go without it with --without-safety-backup`;
  return { safety: { kind: 'impossible', why }, needs: [], obstacles: [obstacle] };
}

async function planTaken(order: To, config: Config, work: Work): Promise<PlannedSafety> {
  const sources = configuredSources(config);
  const { folder, store } = await openDestination(order.destination, config, sources);
  const measured = await measureSources(sources, work.signal, work);
  const bytes = expectedBytes(order, measured);
  const { differential } = order;
  const of =
    'base' in differential ? { base: differential.base.id } : { note: differential.whyFull };
  const safety: SafetyPlan = {
    kind: 'taken',
    folder,
    ...(store === undefined ? {} : { store }),
    ...of,
    bytes,
    seconds: expectedSeconds(order, measured),
    ...remarks(measured),
  };
  const needs = [
    { path: folder, bytes },
    { path: work.scratch, bytes: measured.scratchBytes },
  ];
  return { safety, needs, obstacles: [] };
}

/** Of a differential before there was one: a tenth of a full is much. */
const differentialShare = 0.1;

function expectedBytes({ differential, lastBytes, ratio }: To, measured: Measured): number {
  const full = expectedArchiveBytes(measured.contentBytes, ratio);
  if (!('base' in differential)) return full;
  return Math.min(full, Math.max(Math.ceil(full * differentialShare), lastBytes ?? 0));
}

/** Content bytes a second on two cores, where no backup was measured yet. */
const usualBytesPerSecond = 100e6;

/** Live data is read whole, and what came of it once more. */
function expectedSeconds({ bytesPerSecond }: To, { contentBytes }: Measured): number {
  return Math.ceil(1 + (2 * contentBytes) / (bytesPerSecond ?? usualBytesPerSecond));
}

function remarks({ bySource }: Measured): {
  readonly gaps: readonly string[];
  readonly notes: readonly string[];
} {
  const all = [...bySource];
  return {
    gaps: all.flatMap(([name, { problem }]) =>
      problem === undefined ? [] : [wordProblem(name, problem)],
    ),
    notes: all.flatMap(([, { warnings }]) => warnings),
  };
}
