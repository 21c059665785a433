import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SmallApplication } from './small-application.ts';

/** Backups of an application that, as from when it is made, do not end by themselves; jobs may be put in their way. */
export interface HeldBackups {
  hold(): void;
  letGo(): void;
}

/** Writes the hook that holds them into the configuration: it waits while a file beside the application is there. */
export function holdBackups({ home }: SmallApplication): HeldBackups {
  const [held, path] = [join(home, 'held'), join(home, 'kedge.jsonc')];
  const config = JSON.parse(readFileSync(path, 'utf8'));
  config.sources.uploads.quiesce = {
    kind: 'hook',
    before: ['/bin/sh', '-c', `while [ -e '${held}' ]; do sleep 0.05; done`],
    after: ['/bin/true'],
  };
  writeFileSync(path, JSON.stringify(config));
  const hold = (): void => writeFileSync(held, '');
  hold();
  return { hold, letGo: () => rmSync(held) };
}
