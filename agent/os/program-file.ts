import { basename, dirname, extname, join } from 'node:path';

/**
 * The file of a program of Kedge's own, from its name below the folder `agent`, as TypeScript or as it was
 * built. Whoever asks may be part of a bundle, so places relative to a module tell nothing.
 */
export function programFile(name: string): string {
  let folder = import.meta.dirname;
  while (basename(folder) !== 'agent') {
    const above = dirname(folder);
    if (above === folder) throw new Error(`no folder "agent" above "${import.meta.dirname}"`);
    folder = above;
  }
  return join(folder, name + extname(import.meta.filename));
}
