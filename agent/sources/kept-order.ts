import type { SourceChange } from '../../protocol/domain/restore.ts';
import type { Work } from '../os/work.ts';
import type { SpaceNeed } from './restore-kind.ts';

/** What an undo keeps of one source; without `kept` nothing was live there. Paths absolute. */
export interface KeptSource {
  readonly source: string;
  readonly engine: string;
  readonly items: readonly {
    readonly live: string;
    readonly kept?: string | undefined;
    readonly leaveOut?: readonly string[] | undefined;
    /** Only some paths below were exchanged. */
    readonly lists?: string | undefined;
  }[];
}

/**
 * What an undo would do to a source: what is new or changed goes, what is deleted comes back. Reads only, but for
 * `work.scratch`; what can't be compared is said, not thrown.
 */
export type CompareKept = (order: KeptSource, work: Work) => Promise<SourceChange>;

export interface KeptKind {
  readonly compare: CompareKept;
  /** Bytes that the undo needs for a while, beside what it keeps already. */
  readonly space: (order: KeptSource) => Promise<readonly SpaceNeed[]>;
}
