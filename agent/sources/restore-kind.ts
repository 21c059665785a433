import * as z from 'zod';
import type { Gap } from '../../protocol/domain/backup.ts';
import type { RestorePlan, SourceChange } from '../../protocol/domain/restore.ts';
import type { IndexMember } from '../archive/archive-reader.ts';
import { DatabaseSettings } from '../databases/settings.ts';
import type { Work } from '../os/work.ts';
import type { PartOrder, PartRestore } from './part-order.ts';
import type { ServerTrial } from './server-trial.ts';
import type { JobName } from './source.ts';
import { MergeWhat } from './sqlite/merge/merge-order.ts';
import type { SwapStep } from './swap-step.ts';

/** What an archive holds of one source. */
export interface ArchivedSource {
  readonly name: string;
  readonly gaps: readonly Gap[];
  /** The engine's own check of exactly this content was made when the archive was verified, and found it sound. */
  readonly isProven?: boolean;
  /** In archive order, each name once; names as they stand in the archive, `<source>/...`. */
  members(): AsyncIterable<IndexMember>;
  content(member: IndexMember, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/**
 * One live path and what takes its place. All paths absolute, all on one file system. Of a database in a server,
 * `live` tells it from all others, and `incoming` and `outgoing` are names in that server.
 */
export const ExchangeItem = z.object({
  live: z.string(),
  /** Absent: nothing was there then, so what is live only goes away. */
  incoming: z.string().optional(),
  /** Where what is live now is kept for the undo. */
  outgoing: z.string(),
  /** In which it is, and how that is reached, so that it can be taken back when it is configured no longer. */
  server: DatabaseSettings.optional(),
  /** Of folders: patterns of what is not part of the source and stays as it is. */
  leaveOut: z.array(z.string()).readonly().optional(),
  /** Only some paths below are exchanged. `lists`: the folder for what is known of them; `of`: that of what is undone. */
  only: z
    .object({
      lists: z.string(),
      of: z.string().optional(),
      /** Below `live`, '' itself: exchanged as a whole, so what came into them since goes. */
      whole: z.array(z.string()).readonly(),
    })
    .optional(),
  /** No copy is made of what can't be kept by a rename. */
  discards: z.literal(true).optional(),
  /** Of a database: its rows are merged, or tables of it brought back. */
  rows: MergeWhat.optional(),
  /** Of a database in a server: only these are exchanged; `incoming` and `outgoing` name what holds them beside it. */
  tables: z.array(z.string()).readonly().optional(),
});
export type ExchangeItem = z.infer<typeof ExchangeItem>;

/** An item after what is live was looked at, with the steps that exchange it. */
export interface PreparedItem {
  readonly item: ExchangeItem;
  /** Whether something is live now, which the undo will hold. */
  readonly keeps: boolean;
  readonly steps: readonly SwapStep[];
  readonly notes: readonly string[];
}

/** What exchanges live data of an engine, in a restore as in an undo. */
export interface Exchanger {
  /** Makes the copies that the undo needs and says the steps. Services are down, nothing is exchanged yet. */
  prepare(item: ExchangeItem, signal: AbortSignal): Promise<PreparedItem>;
  /** Looks at what is live after the steps; throws where it must not stay. */
  check(item: ExchangeItem, signal: AbortSignal): Promise<void>;
  /** Fails where what is live must not be moved, also on the way back. */
  refuseInUse?(item: ExchangeItem): Promise<void>;
  /** Removes what was built and did not go live, of what no folder of the job holds; may be repeated. */
  clear?(item: ExchangeItem, signal: AbortSignal): Promise<void>;
  /** Of engines with a server: what stays there when it is given up; from the journal alone. Undefined: nothing. */
  leaves?(item: ExchangeItem, stood: WhereItStood): LeftThere | undefined;
}

/** Where a run stood with an item when its server was given up. */
export interface WhereItStood {
  /** That was at least begun. */
  readonly step?: SwapStep | undefined;
  /** What was coming is what an undo keeps, and no copy that was built. */
  readonly isUndo: boolean;
}

/** In words and in SQL for the day that the server comes back. */
export interface LeftThere {
  readonly what: string;
  readonly sql: readonly string[];
}

/** Bytes that a restore needs for a while beside the folder `path`. */
export interface SpaceNeed {
  readonly path: string;
  readonly bytes: number;
  /** What takes it: what is unpacked, what is kept, what exchanging it takes. */
  readonly part?: 'staging' | 'undo' | 'exchange';
  /** It may as well lie on another file system: it is copied from there, not renamed. */
  readonly movable?: true;
}

/** What stands against a restore, and what is worth a word. */
export interface RestoreFindings {
  readonly warnings: readonly string[];
  readonly obstacles: readonly string[];
}

/** What building may use. */
export type StageWork = Pick<Work, 'job' | 'installation' | 'signal' | 'scratch'> &
  Partial<Pick<Work, 'progress'>>;

/** Names things that must not be met twice. */
export interface ItemNames {
  readonly job: number;
  readonly nowMs: number;
}

/** A server whose data folder is exchanged. */
export interface TakenDown {
  /** Of the service that stops it. */
  readonly engine: DatabaseSettings['engine'];
  /** Who runs on the folder, in words; undefined: nobody. */
  running(): Promise<string | undefined>;
}

/** How one configured source is brought back. */
export interface SourceRestore {
  readonly engine: string;
  /** A live folder may be a mount point: then all in it is exchanged, and it stays. */
  readonly exchangesMounts?: true;
  /** What is live is written to, as long as that can be, and not renamed. */
  readonly inPlace?: true;
  /** Of a database in a server: that stays up while others are stopped. */
  readonly server?: DatabaseSettings;
  /** Of a whole server: it is down while its data folder is exchanged. */
  readonly takesDown?: TakenDown;
  /** Absolute paths that are exchanged; symlinks on the way resolved. None of a database in a server. */
  livePaths(): Promise<readonly string[]>;
  /** What changes and what would be lost. Fills `work.scratch` as it needs. */
  compare(archived: ArchivedSource, work: Work): Promise<SourceChange>;
  space(archived: ArchivedSource): Promise<readonly SpaceNeed[]>;
  /** Bytes in the scratch of the job, for a while. */
  scratchBytes?(archived: ArchivedSource): Promise<number>;
  /** What only the engine knows; reads only. */
  findings?(archived: ArchivedSource, signal: AbortSignal, of?: JobName): Promise<RestoreFindings>;
  /** What Kedge would lack to bring anything back, in words; whatever the backup. Reads only. */
  rights?(signal: AbortSignal): Promise<readonly string[]>;
  /** Restores a backup beside what is live in its server, for a drill. */
  readonly trial?: ServerTrial;
  /** Who is connected to what is live, where no file tells. */
  clients?(signal: AbortSignal): Promise<RestorePlan['clients']>;
  /** The items of a restore; `place` names the folder for staging (`new`) and undo (`old`) beside a live path. */
  items(
    archived: ArchivedSource,
    place: (live: string) => Promise<Place>,
    names: ItemNames,
  ): Promise<readonly ExchangeItem[]>;
  /** The same for a merge or for parts of it. */
  partly(archived: ArchivedSource, order: PartOrder): Promise<PartRestore>;
  /** Programs that must let go of what is live before it can be exchanged, in words. */
  heldBy?(archived: ArchivedSource, signal: AbortSignal): Promise<readonly string[]>;
  /** Builds what is incoming and proves it. The caller makes it durable. */
  stage(
    archived: ArchivedSource,
    items: readonly ExchangeItem[],
    work: StageWork,
    onBytes: (bytes: number) => void,
  ): Promise<readonly string[]>;
}

export interface Place {
  readonly incoming: string;
  readonly outgoing: string;
}
