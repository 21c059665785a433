import { spawnSync } from 'node:child_process';

const timeoutMs = 2000;

/** Numbers of all groups of a user, as the system has them now; none where it does not know the user. */
export function groupsOf(user: string): ReadonlySet<number> {
  const { error, status, stdout } = spawnSync('id', ['-G', '--', user], {
    encoding: 'utf8',
    timeout: timeoutMs,
  });
  if (error !== undefined || status !== 0) return new Set();
  return new Set(stdout.trim().split(' ').map(Number));
}
