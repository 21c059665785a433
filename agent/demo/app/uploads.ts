import { randomUUID } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClinicSettings } from './clinic-settings.ts';
import { HttpError } from './http-service.ts';

/** Of the uploads folder; new files arrive there. */
export const inbox = 'Inbox';

/** Puts a file into the inbox, visible only when whole; answers its name relative to the uploads folder. */
export async function storeUpload(
  settings: Pick<ClinicSettings, 'uploads' | 'run'>,
  name: string,
  bytes: Uint8Array,
): Promise<string> {
  const wrong = name === '' || name.startsWith('.') || name.includes('/') || name.includes('\0');
  if (wrong || Buffer.byteLength(name) > 200) throw new HttpError(400, 'that is no file name');
  // Not written in the uploads folder itself: a backup would list it there and find it gone.
  const temporary = join(settings.run, `${randomUUID()}.part`);
  await writeDurably(temporary, bytes);
  await mkdir(join(settings.uploads, inbox), { recursive: true });
  await rename(temporary, join(settings.uploads, inbox, name));
  return `${inbox}/${name}`;
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(bytes);
  await file.sync();
}
