import { spawnSync } from 'node:child_process';
import { test } from 'vitest';

/** Mounting a file system needs root and a container that allows it; where it does not work, that is said. */
export function mayMount(): boolean {
  if (spawnSync('unshare', ['-m', 'true']).status === 0) return true;
  process.stderr.write('SKIPPED: tests that mount a file system, which is not allowed here\n');
  return false;
}

/** `test` for what mounts file systems; else skipped aloud. */
export function testWithMounts(): typeof test | typeof test.skip {
  return mayMount() ? test : test.skip;
}
