import type { FileHandle } from 'node:fs/promises';
import type { RangedReader } from '../archive/ranged-reader.ts';

/**
 * Offline: its marker is not there, so nothing is written, listed as missing, or removed. `away`: the same of a
 * drive that comes and goes, which is no fault.
 */
export type StoreState =
  | { readonly kind: 'online'; readonly id: string }
  | { readonly kind: 'away'; readonly why: string }
  | { readonly kind: 'offline'; readonly why: string; readonly otherDrive?: OtherDrive };

/** Ids of markers: of the drive that is there, and of the one that belongs there. */
export interface OtherDrive {
  readonly found: string;
  readonly expected: string;
}

export interface StoredArchive {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** An archive in the trash of its store. */
export interface DiscardedArchive extends StoredArchive {
  readonly discardedAtMs: number;
}

/** An archive being written. Disposed without a commit it leaves nothing. */
export interface PendingArchive extends AsyncDisposable {
  readonly file: FileHandle;
  readonly path: string;
  /**
   * Makes it durable, has it proven, and only then gives it its name: `-2`, `-3` where that is taken.
   * Answers the path. A crash at any moment leaves the whole archive or none.
   */
  commit(fileName: string, prove: (path: string) => Promise<void>): Promise<string>;
}

/** Where archives live. Those who add a kind of store run test/contract/store.ts on it. */
export interface Store {
  readonly name: string;
  readonly folder: string;
  /** Bytes that one file may have there at most, by the settings. */
  readonly maxFileBytes?: number | undefined;
  state(): Promise<StoreState>;
  /** Fails with store-offline, store-away or store-other-drive, as all below. */
  put(backupId: string): Promise<PendingArchive>;
  /** Goes on with an archive that was put and neither committed nor given up; undefined: there is none. */
  resume(backupId: string): Promise<PendingArchive | undefined>;
  /** Archives by name; what is half-written or not an archive is left out. */
  list(): Promise<readonly StoredArchive[]>;
  /** Random access to an archive of the list. */
  read(path: string): Promise<RangedReader>;
  /** Durable; an archive that is gone already is fine. */
  remove(path: string): Promise<void>;
  /**
   * Takes an archive off the list and into the trash under its name, durably: a crash leaves it in one of the two.
   * Answers where it lies then; undefined: it was gone already.
   */
  discard(path: string, nowMs: number): Promise<string | undefined>;
  /** What lies in the trash, newest deletion first. */
  discarded(): Promise<readonly DiscardedArchive[]>;
  /** Puts one of the trash back, durably: `-2`, `-3` where its name is taken. Answers where it lies then. */
  bringBack(path: string): Promise<string>;
  /** Removes one of the trash for good; one that is gone already is fine. */
  erase(path: string): Promise<void>;
}

/** What became of a folder that is to be a store; `not-empty`: it holds other things, nothing was done. */
export type StoreInit =
  | { readonly kind: 'created' | 'existing'; readonly id: string }
  | { readonly kind: 'not-empty' };
