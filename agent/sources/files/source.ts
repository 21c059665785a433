import type { Work } from '../../os/work.ts';
import type { Capture, Source } from '../source.ts';
import { captureTrees } from '../tree/capture-trees.ts';
import { leftOutBy } from '../tree/left-out.ts';
import type { Tree } from '../tree/measure-trees.ts';
import { openFolder } from './open-folder.ts';
import { preflightFiles } from './preflight.ts';
import type { FilesSettings } from './settings.ts';

/** A folder with all below it; members are `<source>` for the folder itself and `<source>/<relative path>`. */
export function openFiles(name: string, settings: FilesSettings): Source {
  return {
    name,
    engine: settings.engine,
    live: settings.path,
    paths: [settings.path],
    takes: 'list',
    quiesce: settings.quiesce ?? { kind: 'none' },
    preflight: (signal) => preflightFiles(name, settings, signal),
    capture: (work) => captureFiles(name, settings, work),
  };
}

async function captureFiles(name: string, settings: FilesSettings, work: Work): Promise<Capture> {
  const tree: Tree = { root: openFolder(name, settings.path), name: Buffer.from(name) };
  return await captureTrees(name, [tree], leftOutBy(settings.exclude ?? []), work);
}
