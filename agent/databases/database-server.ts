import type { ServiceClient } from '../../protocol/domain/service-client.ts';

/** A client without the service that it belongs to. */
export type DatabaseClient = Omit<ServiceClient, 'service'> & { readonly pid: number };

export interface FoundClients {
  readonly clients: readonly DatabaseClient[];
  /** Not all is seen: the SQL that would let Kedge see it. */
  readonly unseen?: string;
}

/** What shutting out changes, noted before it is done, so that another process can take it back. */
export type Fence =
  | {
      readonly engine: 'postgres';
      readonly database: string;
      /** By which it is known again when it was renamed. */
      readonly oid?: string | undefined;
    }
  /** Those that were not locked before. */
  | { readonly engine: 'mariadb'; readonly database: string; readonly accounts: readonly string[] }
  /** `id`: by which it is known again when it was renamed. */
  | { readonly engine: 'sqlserver'; readonly database: string; readonly id: string };

/**
 * A database server as Kedge asks it, with a connection of its own each time. Throws database-unreachable,
 * database-login-refused, database-denied with the SQL that would allow it, database-failed.
 */
export interface DatabaseServer {
  /** "PostgreSQL", "MariaDB". */
  readonly product: string;
  /** Whether it answers `SELECT 1` in the application's database; in a few words: "PostgreSQL 15.18". */
  ping(signal: AbortSignal): Promise<string>;
  /** "15.18". */
  version(signal: AbortSignal): Promise<string>;
  /** Who is connected to the application's database, Kedge itself left out. */
  clients(signal: AbortSignal): Promise<FoundClients>;
  /** Ends their connections; nothing keeps them from coming back. Answers how many. */
  disconnect(signal: AbortSignal): Promise<number>;
  /** What shutting out would change; changes nothing. Undefined: they are shut out already. */
  planFence(signal: AbortSignal): Promise<Fence | undefined>;
  /** Lets nobody in any more and ends the connections; throws database-clients-stay. */
  shutOut(fence: Fence, signal: AbortSignal): Promise<void>;
  /** Takes back what a fence changed, of what is still there; may be repeated. */
  letIn(fence: Fence, signal: AbortSignal): Promise<void>;
}
