import { KedgeError } from '../../protocol/failures.ts';
import type { RangedReader } from './ranged-reader.ts';

export interface VerifiedArchive {
  readonly frames: number;
  readonly members: number;
  readonly contentBytes: number;
  /** SHA-256 of the whole file, hex. */
  readonly sha256: string;
}

/** Reads and hashes every frame and every member. Fails with archive-damaged, saying what and where. */
export async function verifyArchive(
  _reader: RangedReader,
  _signal: AbortSignal,
  _onBytes: (done: number, total: number) => void,
): Promise<VerifiedArchive> {
  throw new KedgeError('internal', { cause: 'not built yet' });
}
