import { relative } from 'node:path';
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
    leavesOut: (path) => isLeftOut(relative(settings.path, path), settings),
    preflight: (signal) => preflightFiles(name, settings, signal),
    capture: (work) => captureFiles(name, settings, work),
  };
}

/** A folder that is left out takes all below it along. */
function isLeftOut(path: string, settings: FilesSettings): boolean {
  const leftOut = leftOutBy(settings.exclude ?? []);
  const parts = path.split('/');
  return parts.some((_, nth) => leftOut(Buffer.from(parts.slice(0, nth + 1).join('/'))));
}

async function captureFiles(name: string, settings: FilesSettings, work: Work): Promise<Capture> {
  const tree: Tree = { root: openFolder(name, settings.path), name: Buffer.from(name) };
  return await captureTrees(name, [tree], leftOutBy(settings.exclude ?? []), work);
}
