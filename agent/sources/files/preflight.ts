import type { Preflight } from '../source.ts';
import { leftOutBy } from '../tree/left-out.ts';
import { measureTrees } from '../tree/measure-trees.ts';
import { preflightOf } from '../tree/preflight-of.ts';
import { openFolder } from './open-folder.ts';
import type { FilesSettings } from './settings.ts';

export async function preflightFiles(
  name: string,
  settings: FilesSettings,
  signal: AbortSignal,
): Promise<Preflight> {
  return await preflightOf(name, () => {
    const tree = { root: openFolder(name, settings.path), name: Buffer.from(name) };
    return measureTrees([tree], leftOutBy(settings.exclude ?? []), signal);
  });
}
