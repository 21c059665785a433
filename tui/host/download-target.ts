import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

export interface DownloadTarget {
  readonly final: string;
  /** Names the backup too, as another one may bear the same name. */
  readonly partial: string;
}

/**
 * `to`, absolute: a folder to put the file in, or the file itself where `isFolder` does not say otherwise.
 * The name comes from elsewhere: only its last part counts.
 */
export async function downloadTarget(
  to: string,
  isFolder: boolean,
  name: string,
  backup: string,
): Promise<DownloadTarget> {
  const found = isFolder ? undefined : await stat(to).catch(() => undefined);
  const final = isFolder || found?.isDirectory() === true ? join(to, basename(name)) : to;
  return { final, partial: `${final}.${backup.slice(0, 8)}.part` };
}
