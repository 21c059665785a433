import type { Gap } from '../../protocol/domain/backup.ts';
import type { Failure } from '../../protocol/failures.ts';
import type { MemberContent } from '../archive/block-pool.ts';
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
  readonly content: MemberContent;
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

/** What the full of a differential holds of a source; names are below the source. */
export interface BaseContent {
  /** Of a member: it may be given again as it is, `unchanged`. */
  header(name: string): Promise<MemberHeader | undefined>;
  /** A small member; undefined: it can't be read here. */
  text(name: string, signal: AbortSignal): Promise<string | undefined>;
}

/** For engines whose server has fulls and differentials of its own. */
export interface CaptureOrder {
  /** A schedule takes it: later ones are counted from it. */
  readonly isScheduled?: boolean;
  /** Absent: a full is taken. */
  readonly base?: BaseContent;
}

/** A job among those of all Kedges. */
export type JobName = Pick<Work, 'job' | 'installation'>;

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
  /** A program of its engine reads `paths`, which asks access(2) whether it may: that forgets capabilities. */
  readonly readByProgram?: true;
  readonly quiesce: Quiesce;
  /** Whether a path below one of `paths` is left out; absent: nothing is. */
  leavesOut?(path: string): boolean;
  /** `of` names what it tries and leaves behind when it dies; absent: it belongs to no job. */
  preflight(signal: AbortSignal, of?: JobName): Promise<Preflight>;
  /** Fails with source-missing, source-unreadable or source-not-a-database where there is nothing to take. */
  capture(work: Work, order?: CaptureOrder): Promise<Capture>;
  /** Removes what a job that died left outside of its scratch; may be repeated. */
  clearAfter?(of: JobName): Promise<void>;
}
