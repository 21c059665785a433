import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP server that keeps what it is sent. */
export interface HttpSink extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** Statuses of the next answers, in order; then 200. */
  answerWith(...statuses: readonly number[]): void;
}

export async function startHttpSink(): Promise<HttpSink> {
  const received: Received[] = [];
  let statuses: readonly number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, path: url, headers, body: Buffer.concat(chunks).toString() });
      const [status = 200, ...rest] = statuses;
      statuses = rest;
      response.writeHead(status, { location: '/elsewhere' }).end('answer');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answerWith(...next) {
      statuses = next;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
