import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { deviceAt } from './mount-points.ts';
import { realPathOf } from './real-path.ts';

const labels = '/dev/disk/by-label';

/** The name that the file system of a folder was given when it was formatted; undefined: none, or it can't be told. */
export async function driveLabel(folder: string): Promise<string | undefined> {
  const device = await deviceAt(await realPathOf(folder));
  if (device === undefined) return undefined;
  for (const name of await readdir(labels).catch(() => [])) {
    const target = await realpath(join(labels, name)).catch(() => undefined);
    if (target === device) return unescapeHex(name);
  }
  return undefined;
}

/** udev writes blanks and all that is not plain as \x20 and so on, byte by byte. */
function unescapeHex(name: string): string {
  const percent = encodeURIComponent(name).replaceAll(/%5Cx([0-9a-f]{2})/g, '%$1');
  return decodeURIComponent(percent);
}
