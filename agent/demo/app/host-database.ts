import { ask } from './http-client.ts';

/** What the Host asks. Throws HttpError as the database service answers. */
export interface HostDatabase {
  query(statement: string, params: object, signal: AbortSignal): Promise<unknown>;
  health(signal: AbortSignal): Promise<unknown>;
  close(): void;
}

/** Less than the deadline of whoever asks the Host, so that they hear why. */
export const databaseTimeoutMs = 1_500;

/** The database service at a port of this machine. */
export function databaseOverHttp(port: number): HostDatabase {
  const base = `http://127.0.0.1:${port}`;
  const timeoutMs = databaseTimeoutMs;
  return {
    async query(statement, params, signal) {
      const body = JSON.stringify({ statement, params });
      return await ask({ url: `${base}/query`, method: 'POST', timeoutMs, body }, signal);
    },
    health: async (signal) => await ask({ url: `${base}/health`, timeoutMs }, signal),
    close: () => undefined,
  };
}
