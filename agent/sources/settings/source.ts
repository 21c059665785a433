import type { Work } from '../../os/work.ts';
import type { Capture, Source } from '../source.ts';
import { captureTrees } from '../tree/capture-trees.ts';
import { measureTrees } from '../tree/measure-trees.ts';
import { preflightOf } from '../tree/preflight-of.ts';
import { openSettingsPaths } from './open-paths.ts';
import type { SettingsSettings } from './settings.ts';

/** Single files or folders anywhere; members are `<source>/<absolute path without its leading slash>`. */
export function openSettings(name: string, settings: SettingsSettings): Source {
  return {
    name,
    engine: settings.engine,
    live: settings.paths.join(', '),
    paths: settings.paths,
    takes: 'list',
    quiesce: settings.quiesce ?? { kind: 'none' },
    preflight: (signal) =>
      preflightOf(name, () =>
        measureTrees(openSettingsPaths(name, settings.paths).trees, () => false, signal),
      ),
    capture: (work) => captureSettings(name, settings, work),
  };
}

async function captureSettings(
  name: string,
  settings: SettingsSettings,
  work: Work,
): Promise<Capture> {
  const { trees, gaps } = openSettingsPaths(name, settings.paths);
  const capture = await captureTrees(name, trees, () => false, work);
  return {
    members: (signal, isKnown) => capture.members(signal, isKnown),
    get gaps() {
      return [...gaps, ...capture.gaps];
    },
    get notes() {
      return capture.notes ?? [];
    },
    [Symbol.asyncDispose]: () => capture[Symbol.asyncDispose](),
  };
}
