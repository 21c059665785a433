import { execFileSync } from 'node:child_process';

/** The words of a command line as a real POSIX shell reads them. */
export function shellWords(line: string): readonly string[] {
  const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
  return printed.split('\0').slice(0, -1);
}
