import type { Estimate } from '../../protocol/domain/backup.ts';
import type { Destination } from '../../protocol/methods/backup.ts';
import type { Config } from '../config/config.ts';
import { spaceOf } from '../os/files.ts';
import { wordBytes } from '../os/word-bytes.ts';
import { configuredSources, type Measured, measureSources } from './configured-sources.ts';
import { openDestination } from './destination.ts';
import { expectedArchiveBytes } from './space.ts';
import { wordProblem } from './word-problem.ts';

/** Content bytes a second on two cores, where no backup was measured yet. */
const usualBytesPerSecond = 100e6;

/** What a full backup would cost now. Fails where its destination would be refused. */
export async function estimateBackup(
  config: Config,
  destination: Destination,
  lastRatio: number | undefined,
  lastBytesPerSecond: number | undefined,
  signal: AbortSignal,
): Promise<Estimate> {
  const sources = configuredSources(config);
  const { folder, maxFileBytes } = await openDestination(destination, config, sources);
  const measured = await measureSources(sources, signal);
  const { freeBytes } = await spaceOf(folder);
  const { contentBytes, files } = measured;
  const archiveBytes = expectedArchiveBytes(contentBytes, lastRatio);
  const seconds = Math.ceil(contentBytes / (lastBytesPerSecond ?? usualBytesPerSecond));
  const warnings = [
    ...spaceWarnings(folder, archiveBytes, freeBytes),
    ...limitWarnings(folder, archiveBytes, maxFileBytes),
    ...sourceWarnings(measured),
  ];
  return { folder, contentBytes, archiveBytes, seconds, freeBytes, files, warnings };
}

function spaceWarnings(folder: string, needed: number, free: number): readonly string[] {
  if (needed <= free) return [];
  return [`"${folder}" has ${wordBytes(free)} free, and ${wordBytes(needed)} are expected`];
}

function limitWarnings(folder: string, needed: number, limit = Infinity): readonly string[] {
  if (needed <= limit) return [];
  const most = `files in "${folder}" can have ${wordBytes(limit)} at most`;
  return [`${most}, and ${wordBytes(needed)} are expected; no backup can be taken there`];
}

function sourceWarnings({ bySource, warnings: ofAll }: Measured): readonly string[] {
  const ofEach = [...bySource].flatMap(([name, { problem, warnings }]) =>
    problem === undefined ? warnings : [wordProblem(name, problem), ...warnings],
  );
  return [...ofEach, ...ofAll];
}
