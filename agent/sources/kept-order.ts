import type { SourceChange } from '../../protocol/domain/restore.ts';
import type { DatabaseSettings } from '../databases/settings.ts';
import type { Work } from '../os/work.ts';
import type { SpaceNeed } from './restore-kind.ts';

/** What an undo keeps of one source; without `kept` nothing was live there. Paths absolute. */
export interface KeptSource {
  readonly source: string;
  readonly engine: string;
  readonly items: readonly KeptItem[];
}

export interface KeptItem {
  readonly live: string;
  readonly kept?: string | undefined;
  /** Of a database: `kept` is a name in this server. */
  readonly server?: DatabaseSettings | undefined;
  readonly leaveOut?: readonly string[] | undefined;
  /** Only some paths below were exchanged. */
  readonly lists?: string | undefined;
  /** Of a database in a server: only these tables were, and `kept` names what holds them. */
  readonly tables?: readonly string[] | undefined;
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
  /** Of engines that keep what was live in their server. */
  readonly inServer?: {
    /** Of what was live until this moment; no other has it. */
    nameOf(server: DatabaseSettings, atMs: number): string;
    isThere(item: KeptItem, signal: AbortSignal): Promise<boolean>;
    /** On the server's disk. */
    bytes(item: KeptItem, signal: AbortSignal): Promise<number>;
    /** For good; may be repeated. */
    remove(item: KeptItem, signal: AbortSignal): Promise<void>;
  };
}
