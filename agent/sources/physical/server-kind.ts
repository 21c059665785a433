import type { DatabaseSettings } from '../../databases/settings.ts';
import type { RestoreFindings, StageWork } from '../restore-kind.ts';
import type { RunningServer } from './running-server.ts';
import type { ServerFacts } from './server-facts.ts';

/** A data folder that was unpacked, on which no server runs and that no live one knows. */
export interface UnpackedServer {
  readonly source: string;
  readonly facts: ServerFacts;
  /** Absolute; belongs to `user`, with all in it. */
  readonly data: string;
  /** As whom a server may run on it. */
  readonly user: FolderUser;
}

export interface FolderUser {
  readonly uid: number;
  readonly gid: number;
}

/** Of one engine: what to do with a data folder. One for each configured source. */
export interface ServerKind {
  /** Of the source, "mariadb-server". */
  readonly engine: string;
  /** That of its services: Kedge stops them while the folder is exchanged. */
  readonly server: DatabaseSettings['engine'];
  /** "MariaDB". */
  readonly product: string;
  /** The live data folder, as it is configured. */
  readonly data: string;
  /** Bytes that a server takes in a folder when it starts on it: logs, temporary tables. */
  readonly startBytes: number;
  /** Who runs on a folder, asked without the server. Undefined: nobody. */
  runningOn(folder: string): Promise<RunningServer | undefined>;
  /** What stands against bringing it back here. The live server may be down, and then is no obstacle. */
  findings(facts: ServerFacts, signal: AbortSignal): Promise<RestoreFindings>;
  /**
   * Starts a server of its own on the folder, without network, looks whether all in it is sound, and ends it in
   * good order. Fails with restore-refused, in the server's own words, where the folder is not sound, and with
   * server-program-missing where it can't be known here. Answers what was proven, in words.
   */
  prove(unpacked: UnpackedServer, work: StageWork): Promise<readonly string[]>;
}
