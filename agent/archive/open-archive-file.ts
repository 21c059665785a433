import type { Keys } from '../os/work.ts';
import { ageMagic, readHeader } from './age/age-header.ts';
import { openAgeReader } from './age/age-reader.ts';
import type { Encryption } from './age/lock.ts';
import { notOurs } from './damage.ts';
import { openFileReader } from './file-reader.ts';
import type { RangedReader } from './ranged-reader.ts';

/** An archive in a file, as if it were not encrypted. */
export interface ArchiveFile extends RangedReader {
  /** What it takes on disk; `sizeBytes` is what it holds. */
  readonly fileBytes: number;
  /** Absent: it is not. */
  readonly encryption?: Encryption;
}

/**
 * Opens what lies at a path, whether it is encrypted or not. Fails with key-missing, passphrase-missing or
 * passphrase-wrong where the keys do not fit. `maybeCut`: an encrypted one may lack its end.
 */
export async function openArchiveFile(
  path: string,
  keys: Keys,
  maybeCut = false,
): Promise<ArchiveFile> {
  await using opened = new AsyncDisposableStack();
  const file = opened.use(await openFileReader(path));
  const fileBytes = file.sizeBytes;
  if (!(await isEncrypted(file))) {
    opened.move();
    return { ...file, fileBytes };
  }
  const header = await readHeader(file);
  const reader = await openAgeReader(file, header, keys, maybeCut);
  opened.move();
  return { ...reader, fileBytes, encryption: header.encryption };
}

/** How age begins a file that was to travel as text: it has no places that could be computed. */
const armorMagic = Buffer.from('-----BEGIN AGE ENCRYPTED');

async function isEncrypted(file: RangedReader): Promise<boolean> {
  const start = await file.read(0, Math.min(armorMagic.length, file.sizeBytes));
  if (start.equals(armorMagic)) throw notOurs(file, 'it is armored text; open it with "age -d"');
  return start.subarray(0, ageMagic.length).equals(ageMagic);
}
