import { stat } from 'node:fs/promises';
import { beforeOperation } from '../../../agent/os/faults.ts';

// In place of those of `agent/os/sync-tree.ts`: that a sync comes is what counts here, and each takes a process.

export async function syncFileSystem(path: string): Promise<void> {
  beforeOperation('sync', path);
}

export async function syncFileSystems(paths: readonly string[]): Promise<void> {
  const devices = new Set<number>();
  for (const path of paths) {
    const { dev } = await stat(path);
    if (!devices.has(dev)) await syncFileSystem(path);
    devices.add(dev);
  }
}
