import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'vitest';
import { cgroupRoot } from './cgroup.ts';

/** Why a systemd of the test's own can not be run here; undefined: it can. */
function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'root';
  const root = cgroupRoot();
  if (root === undefined) return 'a cgroup hierarchy of version 2';
  if (!existsSync('/lib/systemd/systemd')) return 'systemd (package systemd)';
  if (!existsSync('/usr/bin/dbus-daemon')) return 'D-Bus (package dbus)';
  if (!existsSync('/usr/lib/polkit-1/polkitd')) return 'polkit (package polkitd)';
  if (spawnSync('test', ['-w', root]).status !== 0) return 'cgroups that may be written';
  const allowed = spawnSync('unshare', ['-m', '-C', '-p', '-f', 'true']).status === 0;
  return allowed ? undefined : 'namespaces that may be made';
}

const missing = whyNot();

/** `test` for what needs a real systemd; skipped aloud on a laptop, failing where CI=true. */
export function testWithSystemd(): typeof test | typeof test.skip {
  if (missing === undefined) return test;
  if (process.env['CI'] === 'true') throw new Error(`a real systemd needs ${missing} to run here`);
  process.stderr.write(`SKIPPED: tests with a real systemd, which needs ${missing}\n`);
  return test.skip;
}

/** Whether what such tests share is to be set up. */
export const hasSystemd = missing === undefined;
