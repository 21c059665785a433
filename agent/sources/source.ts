import type { Gap } from '../../protocol/domain/backup.ts';
import type { Failure } from '../../protocol/failures.ts';
import type { MemberHeader } from '../archive/member.ts';
import type { Work } from '../os/work.ts';
import type { Quiesce } from './quiesce.ts';

/** What a source would give now. `problem` set: it can't be captured, and why. */
export interface Preflight {
  readonly contentBytes: number;
  readonly files: number;
  /** Bytes of scratch the capture needs beside the archive. */
  readonly scratchBytes: number;
  readonly warnings: readonly string[];
  readonly problem?: Failure;
}

/**
 * One member with its content: whole where it is under 1 MiB, else as a stream of exactly `sizeBytes`, once.
 * Bytes are good until the next ones are asked for.
 */
export interface CapturedMember {
  readonly header: MemberHeader;
  readonly content: Uint8Array | (() => AsyncIterable<Uint8Array>);
  /** Set for database files: page size in bytes, so that page hashes are kept. */
  readonly pageSize?: number;
  /** `isKnown` said so of its header: its content is not given. */
  readonly unchanged?: true;
}

/**
 * Whether something with this header needs no look at its content. Before its extended attributes were `asked`
 * for they are not in the header, and need not be asked for where the answer is yes.
 */
export type IsKnown = (header: MemberHeader, asked: boolean) => boolean;

/** A still picture of a source, held until disposed. */
export interface Capture extends AsyncDisposable {
  /** In order; a name that comes twice replaces the earlier one (a file that changed while it was read). */
  members(signal: AbortSignal, isKnown?: IsKnown): AsyncIterable<CapturedMember>;
  /** Complete when `members` has ended. */
  readonly gaps: readonly Gap[];
  /** What is not in the backup without being missing from a file, in words; complete when `members` has ended. */
  readonly notes?: readonly string[];
}

export interface Source {
  readonly name: string;
  readonly engine: string;
  /** For screens: where the live data is. */
  readonly live: string;
  /** Absolute paths of the live data; none of a database in a server. */
  readonly paths: readonly string[];
  /** Of a database in a server: names it for every Kedge on this machine. */
  readonly place?: string;
  /** Whether anything is live, of what has no paths. */
  isLive?(signal: AbortSignal): Promise<boolean>;
  /**
   * What `capture` does: `list` names what `members` reads later, `copy` takes all of it at once.
   * Lists come first, so that what a database row names and a user then deletes is missed by name.
   */
  readonly takes: 'list' | 'copy';
  readonly quiesce: Quiesce;
  /** Whether a path below one of `paths` is left out; absent: nothing is. */
  leavesOut?(path: string): boolean;
  preflight(signal: AbortSignal): Promise<Preflight>;
  /** Fails with source-missing, source-unreadable or source-not-a-database where there is nothing to take. */
  capture(work: Work): Promise<Capture>;
}
