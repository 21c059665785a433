import type { IncomingMessage } from 'node:http';
import { request } from '../../os/http.ts';
import { HttpError } from './http-service.ts';

export interface Question {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs: number;
}

/** Asks a service of this machine; answers other than 2xx are thrown as HttpError with their status. */
export async function ask(question: Question, signal: AbortSignal): Promise<unknown> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(question.timeoutMs)]);
  const { status, text } = await exchange(question, deadline).catch((error: unknown) => {
    throw new HttpError(503, `${question.url} does not answer: ${reasonOf(error, question)}`, {
      cause: error,
    });
  });
  const json = decode(text);
  if (status < 200 || status > 299) throw new HttpError(status, errorIn(json) ?? `HTTP ${status}`);
  return json;
}

function exchange(
  question: Question,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    // A connection of its own: a kept one is found dead after the other side was restarted.
    const { method = 'GET', headers = {} } = question;
    const call = request(question.url, { method, headers, agent: false, signal });
    call.once('error', reject);
    call.once('response', (response) => {
      textOf(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject);
    });
    call.end(question.body);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString();
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function errorIn(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('error' in json)) return undefined;
  return String(json.error);
}

function reasonOf(error: unknown, question: Question): string {
  if (!(error instanceof Error)) return String(error);
  const timedOut = error.name === 'AbortError' || error.name === 'TimeoutError';
  return timedOut ? `no answer within ${question.timeoutMs} ms` : error.message;
}
