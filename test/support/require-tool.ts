import { spawnSync } from 'node:child_process';
import { test } from 'vitest';

/** Whether a program is on the PATH. */
function hasTool(tool: string): boolean {
  return spawnSync('sh', ['-c', 'command -v -- "$1"', 'sh', tool]).status === 0;
}

/**
 * `test` for what needs programs of the machine. A missing one is skipped aloud on a laptop
 * and fails where CI=true.
 */
export function testWith(...tools: readonly string[]): typeof test | typeof test.skip {
  const absent = tools.filter((tool) => !hasTool(tool));
  return absent.length === 0 ? test : missing(absent.join(', '));
}

/** Instead of `test` for what can't be run here: skipped aloud, and a failure where CI=true. */
export function missing(what: string): typeof test.skip {
  if (process.env['CI'] === 'true') {
    throw new Error(`these tests need ${what}: install the packages named in .ci/run`);
  }
  process.stderr.write(`SKIPPED: tests that need ${what}, not installed here\n`);
  return test.skip;
}

/** The same for modules of the system's Python 3, which Debian packages bring. */
export function testWithPython(...modules: readonly string[]): typeof test | typeof test.skip {
  const absent = modules.filter(
    (module) => spawnSync('/usr/bin/python3', ['-c', `import ${module}`]).status !== 0,
  );
  if (absent.length === 0) return test;
  return missing(absent.map((module) => `python3-${module}`).join(', '));
}
