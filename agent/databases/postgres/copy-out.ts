import type { Client } from 'pg';

/** What a server sends. Both are called while its message is looked at. */
export interface CopiedOut {
  /** The bytes are good until it returns; the server is held up until what it answers has settled. */
  data(bytes: Buffer): Promise<void> | undefined;
  /** Of what it says beside it. */
  warning(text: string): void;
}

/** What pg tells of a statement that it sends; of others than `submit` its types say nothing. */
interface Copying {
  submit(connection: Client['connection']): void;
  handleRowDescription(): void;
  handleDataRow(): void;
  handleCommandComplete(): void;
  handleCopyData(message: { readonly chunk: Buffer }): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

/**
 * Runs a statement that answers with copies, such as `BASE_BACKUP`; its rows are dropped. What `data` throws ends the
 * connection, as nothing else makes a server stop, and is thrown.
 */
export async function copyOut(client: Client, sql: string, to: CopiedOut): Promise<void> {
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  const { stream } = client.connection;
  const pending = new Set<Promise<void>>();
  const give = (error: unknown): void => {
    reject(error);
    stream.destroy();
  };
  const holdUp = (taken: Promise<void>): void => {
    pending.add(taken);
    stream.pause();
    const settled = taken.then(() => {
      pending.delete(taken);
      if (pending.size === 0) stream.resume();
    });
    settled.catch(give);
  };
  const warn = ({ message }: { readonly message?: string | undefined }): void =>
    to.warning(message ?? '');
  const copying: Copying = {
    submit: (connection) => connection.query(sql),
    handleRowDescription: () => undefined,
    handleDataRow: () => undefined,
    handleCommandComplete: () => undefined,
    handleCopyData({ chunk }) {
      try {
        const taken = to.data(chunk);
        if (taken !== undefined) holdUp(taken);
      } catch (error) {
        give(error);
      }
    },
    handleReadyForQuery: () => resolve(),
    handleError: reject,
  };
  client.on('notice', warn);
  try {
    client.query(copying);
    await ended;
    // The last of them was sent before the server was ready.
    await Promise.all(pending);
  } finally {
    client.off('notice', warn);
  }
}
