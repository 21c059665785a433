import type { SourceMerge, TablePart } from '../../protocol/domain/restore-order.ts';
import type { Work } from '../os/work.ts';
import type { ArchivedSource, SourceRestore } from './restore-kind.ts';

/** A merge of one source, or a part of it that is replaced. */
export interface PartOrder {
  /** What came after the backup stays. */
  readonly keepNewer: boolean;
  /** Inside the source, as bytes of UTF-8, no slash at either end; absent: all of it. */
  readonly paths?: readonly string[] | undefined;
  readonly tables?: readonly TablePart[] | undefined;
}

/** How a part of a source is brought back: of the archive only what is needed for it. */
export interface PartRestore {
  readonly archived: ArchivedSource;
  readonly restore: SourceRestore;
  /** Why it can't be. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  /** What comes back, looked at now. */
  merges(work: Work): Promise<SourceMerge>;
  /** Of tables of a database in a server. */
  readonly beside?: BesideTables;
}

/** Tables of a backup that can stand beside the live ones, under names of their own. */
export interface BesideTables {
  readonly tables: readonly string[];
  /** Why not. */
  readonly problems: readonly string[];
  /** All of them or none; answers what was made, in words. */
  make(nowMs: number, work: Work): Promise<readonly string[]>;
}
