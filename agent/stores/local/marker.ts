import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { errorCode } from '../../os/error-code.ts';
import { writeFileAtomic } from '../../os/files.ts';

const markerName = '.kedge-store.json';

const Marker = z.object({ version: z.literal(1), id: z.string().min(1) });

/** The id of the store in a folder; undefined where no marker is. */
export async function readMarker(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, markerName), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  });
  return text === undefined ? undefined : Marker.parse(JSON.parse(text)).id;
}

export async function writeMarker(folder: string, id: string): Promise<void> {
  const marker: z.infer<typeof Marker> = { version: 1, id };
  await writeFileAtomic(join(folder, markerName), `${JSON.stringify(marker)}\n`, 0o644);
}
