import type { ByHand } from '../by-hand.ts';
import type { FilesSettings } from './settings.ts';

/** Into what is there: files that came later stay. */
export function filesByHand(name: string, { path }: FilesSettings): ByHand {
  return {
    paths: [path],
    folders: [path],
    packages: [],
    check: [],
    putBack: [['cp', '-a', `${name}/.`, path]],
  };
}
