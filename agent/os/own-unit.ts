import { readFileSync } from 'node:fs';

/**
 * The unit of systemd whose main process this one is; undefined: it was started by hand, also from within another
 * unit. systemd says since version 248 whom it started; an older one only that it started something.
 */
export function readOwnUnit(
  env: NodeJS.ProcessEnv,
  cgroups = readCgroups(),
  pid = process.pid,
): string | undefined {
  const { INVOCATION_ID: invocation, SYSTEMD_EXEC_PID: started } = env;
  if (invocation === undefined || (started ?? `${pid}`) !== `${pid}`) return undefined;
  // Of several hierarchies only that of systemd has units.
  return /^(?:0:|\d+:name=systemd):.*\/([^/]+\.service)$/m.exec(cgroups)?.[1];
}

function readCgroups(): string {
  try {
    return readFileSync('/proc/self/cgroup', 'utf8');
  } catch {
    // Not Linux, or no /proc: then systemd is not there either.
    return '';
  }
}
