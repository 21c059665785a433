import { spawnSync } from 'node:child_process';

const ending = ['--pdeathsig', 'KILL', '--'];
const askedAtMostMs = 1_000;
let isThere: boolean | undefined;

/**
 * The same command, which the system ends when the thread that started it ends, also by a SIGKILL: a program of its own
 * would go on for hours with what nobody waits for. Where setpriv can't do that it stays as it is.
 */
export function endingWithUs(argv: readonly string[]): readonly string[] {
  isThere ??=
    spawnSync('setpriv', [...ending, 'true'], { stdio: 'ignore', timeout: askedAtMostMs })
      .status === 0;
  return isThere ? ['setpriv', ...ending, ...argv] : argv;
}
