import type { ClientRequest, IncomingMessage } from 'node:http';
import type { ProbeAnswer } from '../probe.ts';
import type { HttpProbeSettings } from '../probe-settings.ts';

const defaultTimeoutSeconds = 3;

/** GET, its status and the end of its body within one deadline. Any 2xx is well unless a status is named. */
export async function probeHttp(
  settings: HttpProbeSettings,
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  const seconds = settings.timeoutSeconds ?? defaultTimeoutSeconds;
  const deadline = AbortSignal.timeout(seconds * 1000);
  const what = `GET ${new URL(settings.url).pathname}`;
  const began = performance.now();
  try {
    const status = await statusOf(settings.url, AbortSignal.any([signal, deadline]));
    if (!isExpected(status, settings.status)) return { ok: false, text: `${what} gave ${status}` };
    return { ok: true, text: `${what} ${status} in ${Math.round(performance.now() - began)} ms` };
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) return { ok: false, text: `${what} timed out after ${seconds} s` };
    return { ok: false, text: `${what}: ${reasonOf(error)}` };
  }
}

function isExpected(status: number, expected: number | undefined): boolean {
  return expected === undefined ? status >= 200 && status < 300 : status === expected;
}

async function statusOf(url: string, signal: AbortSignal): Promise<number> {
  // Only here: a job takes 20 ms to load it, and most need none.
  const { get } = await import('node:http');
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const answered = (response: IncomingMessage) => {
    response.on('error', reject);
    response.on('end', () => resolve(response.statusCode ?? 0));
    response.resume();
  };
  // No shared agent: a kept connection would answer for a listener that no longer takes new ones.
  const request: ClientRequest = get(url, { agent: false, signal }, answered);
  request.on('error', reject);
  return await promise;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ECONNREFUSED') return 'connection refused';
  if ('code' in error && error.code === 'ECONNRESET') return 'connection closed without an answer';
  return error.message;
}
