import * as z from 'zod';
import { Failure, failureOf, KedgeError } from './failures.ts';

/** JSON-RPC 2.0's own error codes; a Failure of ours travels as `data` of -32000. */
const rpcErrors = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  failure: -32000,
} as const;

const Id = z.union([z.string(), z.number(), z.null()]);
const Request = z.object({
  jsonrpc: z.literal('2.0'),
  id: Id.optional(),
  method: z.string(),
  params: z.unknown().optional(),
});
const Answer = z.object({
  jsonrpc: z.literal('2.0'),
  id: Id,
  result: z.unknown().optional(),
  error: z
    .object({ code: z.number(), message: z.string(), data: z.unknown().optional() })
    .optional(),
});

/** What a peer needs of its connection: text frames out. They come in through `receive`. */
export interface PeerOptions {
  readonly send: (text: string) => void;
  /** Answers a request; undefined: no such method. Throws a KedgeError, or BadParams. */
  readonly handle: (
    method: string,
    params: unknown,
    signal: AbortSignal,
  ) => Promise<unknown> | undefined;
  /** A notification came in; unknown ones are ignored, as JSON-RPC demands. */
  readonly notice?: (method: string, params: unknown) => void;
  /** Requests of the other side at work at once; more are refused with `busy`. */
  readonly maxRequests?: number;
}

/** Params that do not have the form a method asks for; answered with -32602. */
export class BadParams extends Error {}

/** An answer of the other side that says that it did not understand. */
export class RpcError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** One end of a JSON-RPC 2.0 connection; both ends may ask. Source: jsonrpc.org/specification. */
export interface Peer {
  /** Takes a text frame. Never throws: what is malformed is answered. */
  receive(text: string): void;
  request(method: string, params: unknown, signal?: AbortSignal): Promise<unknown>;
  notify(method: string, params: unknown): void;
  /** The connection is gone: everything under way fails with the reason, requests at work are aborted. */
  close(reason: Error): void;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export const cancelNotice = 'rpc.cancel';
const CancelParams = z.object({ id: z.union([z.string(), z.number()]) });

export function createPeer(options: PeerOptions): Peer {
  const pending = new Map<number, Pending>();
  const working = new Map<string | number | null, AbortController>();
  let lastId = 0;
  let closed: Error | undefined;

  const sendJson = (value: object): void => {
    if (closed === undefined) options.send(JSON.stringify({ jsonrpc: '2.0', ...value }));
  };
  const refuse = (id: z.infer<typeof Id>, code: number, message: string): void =>
    sendJson({ id, error: { code, message } });

  const answer = async (request: z.infer<typeof Request>): Promise<void> => {
    const id = request.id ?? null;
    const abort = new AbortController();
    try {
      const work = options.handle(request.method, request.params, abort.signal);
      if (work === undefined) {
        refuse(id, rpcErrors.methodNotFound, `there is no method "${request.method}"`);
        return;
      }
      working.set(id, abort);
      sendJson({ id, result: (await work) ?? null });
    } catch (error) {
      if (error instanceof BadParams) refuse(id, rpcErrors.invalidParams, error.message);
      else {
        const failure = failureOf(error);
        sendJson({ id, error: { code: rpcErrors.failure, message: failure.code, data: failure } });
      }
    } finally {
      working.delete(id);
    }
  };

  const onRequest = (request: z.infer<typeof Request>): void => {
    if (request.id === undefined) {
      const cancel = CancelParams.safeParse(request.params);
      if (request.method === cancelNotice && cancel.success) working.get(cancel.data.id)?.abort();
      else options.notice?.(request.method, request.params);
      return;
    }
    // A second one would take the place of the first in the count and escape the bound below.
    if (working.has(request.id)) {
      refuse(request.id, rpcErrors.invalidRequest, 'a request with this id is still at work');
      return;
    }
    if (working.size >= (options.maxRequests ?? 64)) {
      const failure: Failure = {
        code: 'busy',
        params: { what: request.method, why: 'too many requests on this connection' },
      };
      sendJson({
        id: request.id,
        error: { code: rpcErrors.failure, message: 'busy', data: failure },
      });
      return;
    }
    void answer(request);
  };

  const onAnswer = (reply: z.infer<typeof Answer>): void => {
    const waiting = typeof reply.id === 'number' ? pending.get(reply.id) : undefined;
    if (waiting === undefined) return;
    pending.delete(Number(reply.id));
    if (reply.error === undefined) waiting.resolve(reply.result);
    else waiting.reject(errorOf(reply.error));
  };

  return {
    receive(text) {
      const message = parse(text);
      if (message === undefined) return refuse(null, rpcErrors.parse, 'this is not JSON');
      if (Array.isArray(message.value))
        return refuse(
          null,
          rpcErrors.invalidRequest,
          'batches are not taken: send one request each',
        );
      const request = Request.safeParse(message.value);
      if (request.success) return onRequest(request.data);
      const reply = Answer.safeParse(message.value);
      if (reply.success && !looksLikeRequest(message.value)) return onAnswer(reply.data);
      return refuse(
        idOf(message.value),
        rpcErrors.invalidRequest,
        'this is not a JSON-RPC 2.0 request',
      );
    },
    async request(method, params, signal) {
      signal?.throwIfAborted();
      if (closed !== undefined) throw closed;
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      pending.set(id, { resolve, reject });
      const onAbort = (): void => {
        if (!pending.delete(id)) return;
        sendJson({ method: cancelNotice, params: { id } });
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      sendJson({ id, method, params });
      try {
        return await promise;
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    notify: (method, params) => sendJson({ method, params }),
    close(reason) {
      closed = reason;
      for (const { reject } of pending.values()) reject(reason);
      pending.clear();
      for (const abort of working.values()) abort.abort(reason);
    },
  };
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function looksLikeRequest(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'method' in value;
}

function idOf(value: unknown): string | number | null {
  const found = z.object({ id: Id }).safeParse(value);
  return found.success ? found.data.id : null;
}

function errorOf(error: { code: number; message: string; data?: unknown }): Error {
  const failure = Failure.safeParse(error.data);
  return failure.success
    ? new KedgeError(failure.data.code, failure.data.params)
    : new RpcError(error.code, error.message);
}
