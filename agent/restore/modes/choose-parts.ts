import type { PartOrder, PartRestore } from '../../sources/part-order.ts';
import type { Restorable, Restorables } from '../restorable.ts';
import { type Asked, insidePath, modeOf, partsOf } from './asked.ts';

/** A source that comes back, with what a merge or a part of it needs beyond. */
export interface Chosen extends Restorable {
  readonly part?: PartRestore;
}

export interface Choice extends Restorables {
  readonly sources: readonly Chosen[];
}

/** Of what can be restored what is asked for, and how. Looks at live files of merges and parts. */
export async function chooseParts(found: Restorables, asked: Asked): Promise<Choice> {
  const sources: Chosen[] = [];
  const warnings = [...found.warnings];
  const obstacles = [...found.obstacles, ...unknownSources(found, asked)];
  for (const source of found.sources) {
    const order = orderOf(source, asked);
    if (order === 'no') continue;
    if (order === 'all') {
      sources.push(source);
      continue;
    }
    const part = await source.restore.partly(source.archived, order);
    obstacles.push(...part.problems);
    warnings.push(...part.warnings);
    sources.push({ ...source, archived: part.archived, restore: part.restore, part });
  }
  return { sources, warnings, obstacles };
}

function unknownSources({ sources, obstacles }: Restorables, { parts = [] }: Asked) {
  const known = new Set(sources.map(({ name }) => name));
  const missing = new Set(parts.map(({ source }) => source).filter((name) => !known.has(name)));
  if (obstacles.length > 0) return [];
  return [...missing].map((name) => `this backup has no source "${name}" that is configured here`);
}

function orderOf({ name }: Restorable, asked: Asked): PartOrder | 'all' | 'no' {
  const parts = partsOf(asked, name);
  const keepNewer = modeOf(asked).kind === 'merge';
  if (parts === undefined) return 'no';
  if (parts.length === 0) return keepNewer ? { keepNewer } : 'all';
  const paths = parts.flatMap((part) => part.paths ?? []).map(insidePath);
  if (paths.includes('')) return keepNewer ? { keepNewer } : 'all';
  const tables = parts.flatMap((part) => part.tables ?? []);
  return {
    keepNewer,
    ...(paths.length === 0 ? {} : { paths }),
    ...(tables.length === 0 ? {} : { tables }),
  };
}
