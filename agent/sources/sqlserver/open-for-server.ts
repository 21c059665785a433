import { stat } from 'node:fs/promises';
import { setMetadata } from '../../os/entry-metadata.ts';

/**
 * Lets the server's user read it: that one is in the group of the folder, which a new file of it has too where the folder
 * is set so (2770).
 */
export async function openForServer(path: string): Promise<void> {
  const { uid, gid, mtimeNs } = await stat(path, { bigint: true });
  const owner = { uid: Number(uid), gid: Number(gid) };
  await setMetadata(path, 'file', { ...owner, mode: 0o640, mtimeNs });
}
