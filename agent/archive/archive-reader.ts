import { KedgeError } from '../../protocol/failures.ts';
import type { ArchiveHeader } from './archive-header.ts';
import type { MemberHeader } from './member.ts';
import type { RangedReader } from './ranged-reader.ts';

/** A line of the index about one member. */
export interface IndexMember extends MemberHeader {
  /** Frame that holds the first content byte, and the place of that byte in the frame's content. */
  readonly firstFrame: number;
  readonly offset: number;
  /** SHA-256 of the content, hex; of files only. */
  readonly sha256?: string;
  readonly engine?: string;
  readonly pageSize?: number;
}

/** An archive whose locator, tail, index and seek table are sound and agree. The reader stays the caller's. */
export interface Archive {
  readonly reader: RangedReader;
  readonly header: ArchiveHeader;
  /** Frames before the tail. */
  readonly frameCount: number;
  /** The members of the sources, in archive order, each name once; what Kedge adds (`.kedge/`) is left out. */
  members(): AsyncIterable<IndexMember>;
  /** The content of a file; each frame is checked on both hashes. */
  content(member: IndexMember, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** A small text member such as `.kedge/application.jsonc`. */
  text(name: string): Promise<string>;
}

/** Fails with archive-not-ours, archive-newer or archive-damaged. */
export async function openArchive(_reader: RangedReader): Promise<Archive> {
  throw new KedgeError('internal', { cause: 'not built yet' });
}
