import { errorMessage } from '../../os/error-code.ts';
import { resolveSecret, wordReference } from '../../os/resolve-secret.ts';
import type { SecretReference } from '../../os/secret-reference.ts';
import { NotSent } from './route.ts';

export interface Outgoing {
  readonly url: string;
  readonly method: 'POST' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
}

/** Too long, too early, too many: the same may be taken later. Every other 4xx is about the request itself. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/** Ends when the server has taken it. What it answers is not read. */
export async function request(outgoing: Outgoing, signal: AbortSignal): Promise<void> {
  const { timeoutMs, method, body } = outgoing;
  const { url, headers } = withoutPassword(outgoing);
  const deadline = AbortSignal.timeout(timeoutMs);
  const { status, statusText } = await fetch(url, {
    method,
    headers: { ...headers, 'user-agent': 'kedge' },
    ...(body === undefined ? {} : { body }),
    // Whoever is asked for once must not send an alarm on to where nobody chose.
    redirect: 'manual',
    signal: AbortSignal.any([signal, deadline]),
  }).then(
    async (response) => {
      await response.body?.cancel();
      return response;
    },
    (error: unknown) => {
      signal.throwIfAborted();
      const why = deadline.aborted ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error);
      throw new NotSent(why, { cause: error });
    },
  );
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) {
    throw new NotSent(`it answered with a redirect (${status}), which is not followed`, {
      final: true,
    });
  }
  const final = status >= 400 && status < 500 && !passing.has(status);
  throw new NotSent(`it answered ${status} ${statusText}`.trimEnd(), { final });
}

/** fetch refuses an address with a user and password in it, and names both in the error. */
function withoutPassword({ url, headers }: Outgoing): Pick<Outgoing, 'url' | 'headers'> {
  const bare = new URL(url);
  const { username, password } = bare;
  if (username === '' && password === '') return { url, headers };
  bare.username = '';
  bare.password = '';
  const login = [username, password].map(decodeURIComponent).join(':');
  const authorization = `Basic ${Buffer.from(login).toString('base64')}`;
  return { url: bare.href, headers: { ...headers, authorization } };
}

/** fetch says "fetch failed" and hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof AggregateError && cause.errors.length > 0)
    return errorMessage(cause.errors[0]);
  return errorMessage(cause);
}

/** The address itself, or the secret that it is. */
export async function resolveUrl(url: string | SecretReference): Promise<string> {
  if (typeof url === 'string') return url;
  const resolved = await resolveSecret(url).catch((error: unknown) => {
    throw new NotSent(errorMessage(error), { cause: error });
  });
  if (/^https?:\/\//.test(resolved) && URL.canParse(resolved)) return resolved;
  throw new NotSent(`${wordReference(url)} holds no http or https address`);
}

/** Without what may be a secret in it: path, query, user and password. */
export function wordUrl(url: string | SecretReference): string {
  if (typeof url !== 'string') return `the address in ${wordReference(url)}`;
  const { origin, pathname, search } = new URL(url);
  return pathname === '/' && search === '' ? origin : `${origin}/...`;
}
