import { dirname } from 'node:path';
import { mountPoints } from '../../os/mount-points.ts';
import { realPathOf } from '../../os/real-path.ts';

/** Whether a folder lies on something mounted at it or above it, the root of all apart. */
export async function isMounted(folder: string): Promise<boolean> {
  const mounts = await mountPoints();
  for (let path = await realPathOf(folder); path !== '/'; path = dirname(path)) {
    if (mounts.has(path)) return true;
  }
  return false;
}
