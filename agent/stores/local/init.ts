import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import { makeFolder } from '../../os/files.ts';
import type { StoreInit } from '../store.ts';
import { isMounted } from './is-mounted.ts';
import { readMarker, writeMarker } from './marker.ts';
import type { LocalSettings } from './settings.ts';

/** A fresh file system is not quite empty. */
const countsAsEmpty: ReadonlySet<string> = new Set(['lost+found', '.Trash-1000']);

export async function initLocalStore(
  name: string,
  { path, requireMount }: LocalSettings,
  besideOthers: boolean,
): Promise<StoreInit> {
  if (requireMount === true && !(await isMounted(path))) {
    throw new KedgeError('store-offline', { store: name, path });
  }
  await makeFolder(path);
  const existing = await readMarker(path);
  if (existing !== undefined) return { kind: 'existing', id: existing };
  const names = await readdir(path);
  if (!besideOthers && names.some((found) => !countsAsEmpty.has(found)))
    return { kind: 'not-empty' };
  const id = randomUUID();
  await writeMarker(path, id);
  return { kind: 'created', id };
}
