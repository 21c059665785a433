import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RestorePlan } from '../../protocol/domain/restore.ts';
import type { RestoreChoices } from '../../protocol/domain/restore-safety.ts';
import { exists, spaceOf } from '../os/files.ts';
import type { SpaceNeed } from '../sources/restore-kind.ts';
import type { Restorable } from './restorable.ts';

/** Bytes that a restore needs for a while and that are free, per file system. */
export async function spaceNeeds(
  sources: readonly Restorable[],
  more: readonly SpaceNeed[] = [],
  { staging, withoutUndo }: RestoreChoices = {},
): Promise<RestorePlan['space']> {
  const needs: SpaceNeed[] = [...more];
  for (const { restore, archived } of sources) {
    for (const need of await restore.space(archived)) {
      if (need.part === 'undo' && withoutUndo === true) continue;
      needs.push(
        need.movable === true && staging !== undefined ? { ...need, path: staging } : need,
      );
    }
  }
  const byDevice = new Map<number, { path: string; neededBytes: number }>();
  for (const { path, bytes } of needs) {
    const folder = await existingFolder(path);
    const { dev } = await stat(folder);
    const before = byDevice.get(dev);
    byDevice.set(dev, {
      path: before?.path ?? folder,
      neededBytes: (before?.neededBytes ?? 0) + bytes,
    });
  }
  return await Promise.all(
    [...byDevice.values()].map(async (need) => ({
      ...need,
      freeBytes: (await spaceOf(need.path)).freeBytes,
    })),
  );
}

/** What is unpacked for a server to read it. */
export async function scratchNeeds(
  sources: readonly Restorable[],
  scratch: string,
): Promise<readonly SpaceNeed[]> {
  const needs: SpaceNeed[] = [];
  for (const { restore, archived } of sources) {
    const bytes = await restore.scratchBytes?.(archived);
    if (bytes !== undefined) needs.push({ path: scratch, bytes });
  }
  return needs;
}

export async function existingFolder(path: string): Promise<string> {
  return (await exists(path)) ? path : await existingFolder(dirname(path));
}
