import { KedgeError } from '../../../protocol/failures.ts';
import type { PostgresSession } from '../../databases/postgres/connect.ts';
import { SqlError } from '../../databases/sql-session.ts';
import { collectedPart } from '../dumps/collected-part.ts';
import { asking } from '../postgres/sessions.ts';
import { manifestBytesAtMost } from './manifest.ts';
import { PieceQueue } from './piece-queue.ts';

/**
 * With the log that makes it whole, and a manifest. The server looks at the checksum of every page that it sends, where
 * it has such. Source: PostgreSQL manual, 55.4 "Streaming Replication Protocol".
 */
const command = `BASE_BACKUP (LABEL 'kedge', PROGRESS true, CHECKPOINT 'fast', WAL true,
  MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256')`;

/** data_corrupted: said after all was sent, of pages whose checksums are wrong. */
const corrupted = 'XX001';

export interface BaseBackup {
  /**
   * A tar of the data folder, while it comes; each piece is good until the next is asked for. It ends with what makes
   * the backup fail.
   */
  readonly tar: AsyncIterable<Buffer>;
  /** When all has come: the manifest, and what the server found wrong in its pages, a line each. */
  end(): Promise<{ readonly manifest: Buffer; readonly pageFailures: readonly string[] }>;
}

/** Asks a server for all that it has, while it works on; `session` takes commands of replication. */
export function takeBaseBackup(
  session: PostgresSession,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): BaseBackup {
  const stopping = new AbortController();
  // Whoever reads the tar has given up: nothing else makes the server stop.
  const tar = new PieceQueue(() => stopping.abort(new Error('it was not read to its end')));
  let manifest: Buffer = Buffer.alloc(0);
  // One that is longer is refused by whoever looks at it.
  const manifestPart = collectedPart(manifestBytesAtMost + 1, (text) => {
    manifest = text;
  });
  const warnings: string[] = [];
  let damage: string | undefined;
  let into: 'nothing' | 'tar' | 'manifest' = 'nothing';
  const take = (message: Buffer): Promise<void> | undefined => {
    const [kind] = message.toString('latin1', 0, 1);
    const rest = message.subarray(1);
    switch (kind) {
      case 'n':
        // The tablespaces of its own come first, as archives beside that of the data folder.
        if (into !== 'nothing') throw secondArchive(nameIn(rest));
        into = 'tar';
        return undefined;
      case 'm':
        into = 'manifest';
        tar.end();
        return undefined;
      case 'd':
        if (into === 'tar') return tar.write(rest);
        if (into === 'nothing') throw new Error('it sent content of nothing');
        manifestPart.write(rest);
        return undefined;
      case 'p':
        if (rest.length >= 8) onProgress(Number(rest.readBigUInt64BE(0)));
        return undefined;
      default:
        throw new Error(`it sent a message "${kind ?? ''}", which Kedge does not know`);
    }
  };
  const warning = (text: string): void => void warnings.push(text);
  const until = AbortSignal.any([signal, stopping.signal]);
  const copying = session
    .copyOut(command, { data: take, warning }, until)
    .catch((error: unknown) => {
      const isOfPages = error instanceof SqlError && error.code === corrupted;
      if (!isOfPages || into !== 'manifest') throw error;
      damage = error.message;
    });
  const taken = asking(signal, copying).catch((error: Error) => {
    tar.end({ error });
    throw error;
  });
  // Told by `end`, or by the tar to whoever reads it.
  taken.catch(() => undefined);
  return {
    tar: tar.read(),
    async end() {
      await taken;
      manifestPart.end();
      // In the language of the server.
      const pageFailures = damage === undefined ? [] : [...warnings, damage];
      return { manifest, pageFailures };
    },
  };
}

/** Archive name and place, each ends with a zero. */
function nameIn(message: Buffer): string {
  return message.toString().split('\0').slice(0, 2).join(' of ');
}

function secondArchive(name: string): KedgeError {
  return new KedgeError('database-failed', {
    product: 'PostgreSQL',
    why: `it has a tablespace outside of its data folder (${name})`,
  });
}
