import type { Standing } from '../../host/standing.ts';

/** A server to choose; `where`: how it came to be known. */
export interface ServerOffer {
  readonly name: string;
  readonly where: 'recent' | 'listed' | 'ofSsh';
  readonly address?: string | undefined;
}

/** Where this window leads, and where else it could. */
export interface ConnectionHost {
  /** Undefined: this machine. */
  readonly server?: string | undefined;
  /** Servers that are known, the recent ones first. Throws where their list can't be read. */
  offers(): readonly ServerOffer[];
  /** This window is left for another one; undefined: this machine. */
  goTo(server: string | undefined): void;
  /** Connects to the server; ssh may ask on the terminal, which must be free. Absent: nothing to ask. */
  readonly ask?: () => Promise<void>;
  /** Absent: Kedge is elsewhere, or its socket was named. */
  readonly here?: {
    /** Why no Kedge answers. */
    standing(): Promise<Standing>;
    /** Resolves when it listens. */
    start(): Promise<void>;
    /** Runs `kedge WORDS` on the terminal, which must be free. */
    run(words: readonly string[]): Promise<void>;
  };
}
