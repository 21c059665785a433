import { KedgeError } from '../../protocol/failures.ts';
import type { RangedReader } from './ranged-reader.ts';

/** What is wrong with an archive, and where. */
export function damaged(reader: RangedReader, problem: string, cause?: unknown): KedgeError {
  return new KedgeError('archive-damaged', { path: reader.path, problem }, { cause });
}

export function notOurs(reader: RangedReader, problem: string): KedgeError {
  return new KedgeError('archive-not-ours', { path: reader.path, problem });
}

/** Runs what decodes bytes of the archive; what it throws becomes damage at that place. */
export function decoding<T>(reader: RangedReader, place: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof KedgeError) throw error;
    throw damaged(reader, `${place} cannot be read`, error);
  }
}
