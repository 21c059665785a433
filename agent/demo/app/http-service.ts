import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { join } from 'node:path';
import { log } from './log.ts';

export interface Call {
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  body(): Promise<Buffer>;
  /** Aborted when the service stops. */
  readonly signal: AbortSignal;
}

export interface Reply {
  readonly status: number;
  /** JSON, or `html` for a page. */
  readonly json?: unknown;
  readonly html?: string;
  /** Runs when the reply is out. */
  readonly after?: () => void;
}

export type Routes = Readonly<Record<string, (call: Call) => Reply | Promise<Reply>>>;

export interface HttpService {
  readonly name: string;
  readonly port: number;
  /** Its process id is left there while it runs. */
  readonly run: string;
  /** Keyed "GET /health". */
  readonly routes: Routes;
  close(): void;
}

/** A request that can't be served, with the status that says so. */
export class HttpError extends Error {
  readonly status: number;
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** Larger than the largest upload of the demo. */
const bodyLimitBytes = 4 * 1024 * 1024;

/** Serves on loopback until SIGTERM or SIGINT, which end the process at once and cleanly. */
export function serve(service: HttpService): void {
  const stopped = new AbortController();
  const server = createServer((request, response) => {
    void answer(service, request, response, stopped.signal);
  });
  server.once('error', (error) => refuseStart(service, error));
  server.listen(service.port, '127.0.0.1', () => {
    mkdirSync(service.run, { recursive: true });
    writeFileSync(pidFile(service), `${process.pid}\n`);
    log(`${service.name} listens on http://127.0.0.1:${service.port}/`);
  });
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () => stop(service, server, stopped, name));
  }
}

function pidFile(service: HttpService): string {
  return join(service.run, `${service.name}.pid`);
}

function refuseStart(service: HttpService, error: NodeJS.ErrnoException): void {
  const taken = error.code === 'EADDRINUSE';
  log(
    taken
      ? `${service.name} cannot start: port ${service.port} is taken. Start the demo again, it takes another one.`
      : `${service.name} cannot start: ${error.message}`,
  );
  service.close();
  process.exit(1);
}

function stop(
  service: HttpService,
  server: Server,
  stopped: AbortController,
  signalName: string,
): void {
  log(`${service.name} stops (${signalName})`);
  stopped.abort();
  server.close();
  server.closeAllConnections();
  service.close();
  rmSync(pidFile(service), { force: true });
  process.exit(0);
}

async function answer(
  service: HttpService,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const reply = await replyTo(service, request, signal).catch(errorReply);
  const [type, text] =
    reply.html === undefined
      ? ['application/json', `${JSON.stringify(reply.json)}\n`]
      : ['text/html; charset=utf-8', reply.html];
  const headers: OutgoingHttpHeaders = { 'content-type': type, 'cache-control': 'no-store' };
  response.writeHead(reply.status, headers).end(text, () => reply.after?.());
}

async function replyTo(
  service: HttpService,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<Reply> {
  refuseOtherSites(service, request);
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${service.port}`);
  const route = service.routes[`${request.method} ${url.pathname}`];
  if (route === undefined)
    throw new HttpError(404, `there is no ${request.method} ${url.pathname}`);
  return await route({
    url,
    headers: request.headers,
    body: async () => await readBody(request),
    signal,
  });
}

/** A web page elsewhere must not write into the clinic through the browser of whoever has it open. */
function refuseOtherSites(service: HttpService, request: IncomingMessage): void {
  const { origin, host } = request.headers;
  const own = [`127.0.0.1:${service.port}`, `localhost:${service.port}`];
  const foreignOrigin = origin !== undefined && !own.some((name) => origin === `http://${name}`);
  if (foreignOrigin || host === undefined || !own.includes(host)) {
    throw new HttpError(403, 'only this machine may ask');
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > bodyLimitBytes) throw new HttpError(413, 'too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function errorReply(error: unknown): Reply {
  const status = error instanceof HttpError ? error.status : 500;
  const message = error instanceof Error ? error.message : String(error);
  if (status >= 500) log(`answered ${status}: ${message}`);
  return { status, json: { error: message } };
}
