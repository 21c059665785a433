import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temp-folder.ts';

const main = fileURLToPath(new URL('../../tui/main.ts', import.meta.url));

/** An `ssh` that runs its command on this very machine, and tells how it was called. */
export interface FakeSsh {
  /** With it first in the PATH, and a `kedge` beside it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Words of each call, joined by blanks; those that only ask for the configuration left out. */
  calls(): readonly string[];
  /** From now on: lines of shell in the place of the remote command. */
  instead(script: string): void;
}

/** `configured`: what `ssh -G` prints. */
export function fakeSsh(configured = 'serveraliveinterval 0'): FakeSsh {
  const folder = temporaryFolder();
  const log = join(folder, 'calls');
  const program = (name: string, text: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const behave = (script: string): void =>
    program(
      'ssh',
      `if [ "$1" = -G ]; then echo '${configured}'; exit; fi
echo "$*" >> '${log}'
for command; do :; done
${script}`,
    );
  program('kedge', `exec '${process.execPath}' '${main}' "$@"`);
  behave('exec sh -c "$command"');
  return {
    environment: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
    instead: behave,
  };
}
