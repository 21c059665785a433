import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorMessage } from '../../os/error-code.ts';
import { createServer } from '../../os/http.ts';

/** More than a scraper and somebody who looks; others wait in the kernel or are refused. */
const maxConnections = 16;
/** Nobody on this machine takes longer for a request, or leaves a connection open without a reason. */
const patienceMs = 5_000;
/** A scrape has a handful of headers, bytes. */
const maxHeaderBytes = 8 * 1024;

/**
 * Answers GET /metrics on a port of 127.0.0.1 and nothing else. Fails where the port is taken.
 * `onFault`: why the figures could not be read.
 */
export async function serveMetrics(
  port: number,
  read: () => Promise<string>,
  onFault: (why: string) => void,
): Promise<AsyncDisposable> {
  const server = createServer({ maxHeaderSize: maxHeaderBytes }, (request, response) => {
    void answer(request, response, read, onFault);
  });
  server.maxConnections = maxConnections;
  server.headersTimeout = patienceMs;
  server.requestTimeout = patienceMs;
  server.keepAliveTimeout = patienceMs;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.on('error', () => undefined);
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  read: () => Promise<string>,
  onFault: (why: string) => void,
): Promise<void> {
  const refused = refusal(request);
  if (refused !== undefined) return say(response, ...refused);
  try {
    const text = await read();
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(text);
  } catch (error) {
    onFault(errorMessage(error));
    say(response, 500, 'the figures could not be read');
  }
}

function refusal(request: IncomingMessage): readonly [status: number, why: string] | undefined {
  const { origin, host = '' } = request.headers;
  // A browser says where a page comes from, or asks by a name that leads here: no page may read this.
  if (origin !== undefined || !isLoopbackName(host)) return [403, 'not for pages'];
  if (request.url?.split('?')[0] !== '/metrics') return [404, 'only /metrics is here'];
  return request.method === 'GET' ? undefined : [405, 'only GET'];
}

function isLoopbackName(host: string): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/i.test(host);
}

/** The connection ends with it: what else the client sends is not read. */
function say(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
  response.end(`${why}\n`);
}
