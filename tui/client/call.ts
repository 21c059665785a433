import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { KedgeError } from '../../protocol/failures.ts';
import type { Method } from '../../protocol/method.ts';
import type { Call } from './client.ts';
import type { Gate } from './gate.ts';
import type { Link } from './link.ts';
import { ConnectionLost, unreachable } from './unreachable.ts';

/** A reading method answers within moments; mutating ones may wait for services to stop. */
const readingTimeoutMs = 30_000;

/** How what is under way waits for the connection to come back. */
export interface Patience {
  /** For messages. */
  readonly socket: string;
  readonly patienceMs: number;
}

export function createCall(gate: Gate<Link>, patience: Patience, closed: AbortSignal): Call {
  return async (method, params, signal) => {
    const request = encode(method, params);
    const until = AbortSignal.any(signal === undefined ? [closed] : [closed, signal]);
    let link = await gate.pass(false, until);
    for (;;) {
      const answer = await ask(link, method, request, until);
      if (answer.kind === 'answered') return decode(method, answer.result);
      link = await nextLink(gate, patience, answer.reason, until);
    }
  };
}

/** A call on this very connection: it fails with ConnectionLost, and is not sent again. */
export async function callOn<P extends z.ZodType, R extends z.ZodType>(
  link: Link,
  method: Method<P, R>,
  params: z.input<P>,
  signal: AbortSignal,
): Promise<z.output<R>> {
  return decode(method, await link.request(method.name, method.params.parse(params), signal));
}

type Answer = { kind: 'answered'; result: unknown } | { kind: 'lost'; reason: ConnectionLost };

async function ask(
  link: Link,
  method: Method<z.ZodType, z.ZodType>,
  request: unknown,
  signal: AbortSignal,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(readingTimeoutMs);
  const limit = method.mutating ? signal : AbortSignal.any([signal, timeout]);
  try {
    return { kind: 'answered', result: await link.request(method.name, request, limit) };
  } catch (error) {
    if (error instanceof ConnectionLost) return { kind: 'lost', reason: error };
    if (timeout.aborted && !signal.aborted && !method.mutating)
      throw new KedgeError('timed-out', { what: method.name, seconds: readingTimeoutMs / 1000 });
    throw error;
  }
}

/** The gate still holds the lost link for a moment: the loop then simply loses it once more. */
export async function nextLink(
  gate: Gate<Link>,
  { socket, patienceMs }: Patience,
  reason: ConnectionLost,
  signal: AbortSignal,
): Promise<Link> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    return await gate.pass(true, AbortSignal.any([signal, patience]));
  } catch (error) {
    if (patience.aborted && !signal.aborted) throw unreachable(socket, reason);
    throw error;
  }
}

function encode(method: Method<z.ZodType, z.ZodType>, params: object): unknown {
  const given = method.mutating ? { ...params, requestId: randomUUID() } : params;
  const parsed = method.params.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const what = issue === undefined || issue.path.length === 0 ? method.name : issue.path.join('.');
  throw new KedgeError('bad-argument', { what, problem: issue?.message ?? 'not valid' });
}

function decode<R extends z.ZodType>(method: Method<z.ZodType, R>, result: unknown): z.output<R> {
  const parsed = method.result.safeParse(result);
  if (parsed.success) return parsed.data;
  const cause = `the answer to ${method.name} has a form that this version does not know`;
  throw new KedgeError('internal', { cause }, { cause: parsed.error });
}
