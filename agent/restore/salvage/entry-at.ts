import { readTarEntry, type TarEntry } from '../../archive/tar-reader.ts';

/** A tar header in a buffer, and the place after it. */
export interface PlacedEntry {
  readonly entry: TarEntry;
  readonly end: number;
}

/** The entry whose header begins at `at`; 'end': zeros; undefined: no header, or one that is not whole. */
export async function entryAt(bytes: Buffer, at: number): Promise<PlacedEntry | 'end' | undefined> {
  let end = at;
  const take = async (length: number): Promise<Buffer> => {
    if (end + length > bytes.length) throw new RangeError('the frame ends in a tar header');
    end += length;
    return bytes.subarray(end - length, end);
  };
  try {
    const entry = await readTarEntry({ take });
    return entry === undefined ? 'end' : { entry, end };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
