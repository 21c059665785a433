import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowCase } from '../support/crash/flow-case.ts';
import { mayMount } from '../support/test-with-mounts.ts';

/** A folder that lies on another file system, as far as renames are concerned. */
function mountOn(path: string, volume: string): () => void {
  renameSync(path, volume);
  mkdirSync(path);
  execFileSync('mount', ['--bind', volume, path]);
  return () => void execFileSync('umount', [path]);
}

const ofMount: FlowCase = {
  name: 'restore of a mount point',
  leastPoints: 100,
  async prepare(app) {
    // The harness moves fifos out of the way, which it can't over a mount.
    rmSync(join(app.uploads, 'pipe'));
    const close = mountOn(app.uploads, join(app.home, 'volume'));
    try {
      const backup = await app.backup();
      app.changeAll();
      const plan = await app.plan(backup);
      return { close, run: async (work) => await app.restore(plan, work) };
    } catch (error) {
      close();
      throw error;
    }
  },
};

export const mountFlows: readonly FlowCase[] = mayMount() ? [ofMount] : [];
