import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifyProcess } from '../../../agent/os/process-identity.ts';

/** The root of the version 2 hierarchy; on a mixed machine it lies beside those of version 1. */
export function cgroupRoot(): string | undefined {
  const roots = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'];
  return roots.find((root) => existsSync(join(root, 'cgroup.controllers')));
}

const prefix = 'kedge-test';

/** The path of one to be made, named after this process, so that what a crashed test leaves is known as such. */
export function newCgroup(): string {
  const own = identifyProcess(process.pid);
  const name = [prefix, process.pid, own?.startTicks, randomUUID().slice(0, 8)].join('-');
  return join(cgroupRoot() ?? '/sys/fs/cgroup', name);
}

/** Kills all that is in it, by cgroup and never by name, and removes it. */
export function removeCgroup(path: string): void {
  if (!existsSync(path)) return;
  writeFileSync(join(path, 'cgroup.kill'), '1');
  removeFolders(path, Date.now() + 10_000);
}

function removeFolders(path: string, untilMs: number): void {
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.isDirectory()) removeFolders(join(path, entry.name), untilMs);
  for (;;) {
    try {
      rmdirSync(path);
      return;
    } catch (error) {
      // Its last process is still being ended.
      if (Date.now() > untilMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Of tests that died. */
export function removeLeftCgroups(): void {
  const root = cgroupRoot() ?? '/sys/fs/cgroup';
  for (const name of readdirSync(root).filter((entry) => entry.startsWith(`${prefix}-`))) {
    const [, , pid, ticks] = name.split('-');
    if (identifyProcess(Number(pid))?.startTicks !== ticks) removeCgroup(join(root, name));
  }
}
