import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Work } from '../os/work.ts';
import { restoreOf } from '../sources/restore-kinds.ts';
import type { CheckedCopy } from './check-copy.ts';
import type { DrillScratch } from './scratch.ts';

interface TrialOrder {
  readonly installation: string;
  readonly config: Pick<Config, 'sources'>;
  readonly scratch: Pick<DrillScratch, 'data'>;
}

/** Long enough for a drop on a server under load. */
const clearMs = 60_000;

/** What came out of its archive well and belongs into a server is restored there, where the configuration says, beside what is live. */
export async function tryServers(
  order: TrialOrder,
  copies: readonly CheckedCopy[],
  work: Work,
): Promise<readonly CheckedCopy[]> {
  const tried: CheckedCopy[] = [];
  for (const copy of copies) tried.push(await tryServer(order, copy, work));
  return tried;
}

async function tryServer(
  { installation, config, scratch }: TrialOrder,
  copy: CheckedCopy,
  work: Work,
): Promise<CheckedCopy> {
  const { source, problems } = copy;
  const settings = config.sources[source.source];
  if (problems.length > 0 || settings?.engine !== source.engine) return copy;
  const { trial } = restoreOf(source.source, settings);
  if (trial === undefined) return copy;
  const folder = join(scratch.data, source.source);
  const found = await trial.run(folder, installation, work).catch(async (error: unknown) => {
    // Such as a drill that is cancelled: half a copy of what is live must not stay until the next one.
    await trial.clear(installation, AbortSignal.timeout(clearMs)).catch(() => undefined);
    throw error;
  });
  return {
    ...copy,
    source: {
      ...source,
      ...(found.integrity === undefined ? {} : { integrity: found.integrity }),
      notes: [...source.notes, ...found.notes],
    },
    problems: found.problems.map((problem) => `${source.source}: ${problem}`),
  };
}

/** What a drill that died may have left in servers; one that can't be reached keeps it until the next drill. */
export async function clearServers(
  { sources }: Pick<Config, 'sources'>,
  installation: string,
  signal: AbortSignal,
): Promise<void> {
  // Beside each other: one that says nothing must not take the time of all.
  const cleared = await Promise.allSettled(
    Object.entries(sources).map(
      async ([name, settings]) =>
        await restoreOf(name, settings).trial?.clear(installation, signal),
    ),
  );
  const failed = cleared.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
