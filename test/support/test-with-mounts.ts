import { spawnSync } from 'node:child_process';
import { test } from 'vitest';

/** `test` for what mounts file systems, which needs root and a container that allows it; else skipped aloud. */
export function testWithMounts(): typeof test | typeof test.skip {
  if (spawnSync('unshare', ['-m', 'true']).status === 0) return test;
  process.stderr.write('SKIPPED: tests that mount a file system, which is not allowed here\n');
  return test.skip;
}
