import type { Config } from '../config/config.ts';
import type { JobName, Preflight, Source } from '../sources/source.ts';
import { openSource } from '../sources/source-kinds.ts';
import { overlapWarnings } from './overlaps.ts';
import { ownerWarnings } from './owner-warnings.ts';

export function configuredSources(config: Config): readonly Source[] {
  return Object.entries(config.sources).map(([name, settings]) => openSource(name, settings));
}

/** What all sources would give now. */
export interface Measured {
  readonly bySource: ReadonlyMap<string, Preflight>;
  readonly contentBytes: number;
  readonly files: number;
  readonly scratchBytes: number;
  /** What is odd about the sources together. */
  readonly warnings: readonly string[];
}

export async function measureSources(
  sources: readonly Source[],
  signal: AbortSignal,
  of?: JobName,
): Promise<Measured> {
  const bySource = new Map<string, Preflight>();
  for (const source of sources) {
    signal.throwIfAborted();
    bySource.set(source.name, await source.preflight(signal, of));
  }
  const all = [...bySource.values()];
  const sum = (of: (preflight: Preflight) => number): number =>
    all.reduce((total, preflight) => total + of(preflight), 0);
  return {
    bySource,
    contentBytes: sum(({ contentBytes }) => contentBytes),
    files: sum(({ files }) => files),
    scratchBytes: sum(({ scratchBytes }) => scratchBytes),
    warnings: [...overlapWarnings(sources), ...ownerWarnings(sources)],
  };
}
