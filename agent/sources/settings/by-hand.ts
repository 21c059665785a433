import { dirname } from 'node:path';
import type { ByHand } from '../by-hand.ts';
import type { SettingsSettings } from './settings.ts';

export function settingsByHand(name: string, { paths }: SettingsSettings): ByHand {
  return {
    paths,
    folders: paths.map((path) => dirname(path)),
    packages: [],
    check: [],
    putBack: paths.map((path) => ['cp', '-a', '-T', `${name}${path}`, path]),
  };
}
