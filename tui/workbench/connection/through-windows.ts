import { failureOf } from '../../../protocol/failures.ts';
import type { ServerLine } from '../../host/ssh/server-line.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { ConnectionHost } from './connection-host.ts';
import { askOnTerminal, connectionHost, lineOf, type Target, targetOf } from './target.ts';

/** What a window is given beside its session. */
export interface WindowOfTarget {
  readonly connection: ConnectionHost;
  /** What went wrong on the way to another one. */
  readonly greeting?: string;
}

interface Way {
  readonly target: Target;
  readonly line: ServerLine | undefined;
}

/**
 * Opens a window, and the next one when it is left for another server. What ssh has to ask for the first it asks
 * before; where it fails that is thrown, later the window before comes back.
 */
export async function throughWindows(
  first: Target,
  env: NodeJS.ProcessEnv,
  open: (window: Way & WindowOfTarget) => Promise<number>,
): Promise<number> {
  let way = await wayTo(first, env);
  let greeting: string | undefined;
  for (;;) {
    let next: { readonly server: string | undefined } | undefined;
    const onGoTo = (server: string | undefined): void => {
      next = { server };
    };
    const connection = connectionHost(way.target, way.line, env, { write, onGoTo });
    const code = await open({
      ...way,
      connection,
      ...(greeting === undefined ? {} : { greeting }),
    });
    if (next === undefined) return code;
    const moved = await move(next, env);
    greeting = typeof moved === 'string' ? moved : undefined;
    if (typeof moved !== 'string') way = moved;
  }
}

/** Why it can't be, in words, where it can't. */
async function move(
  { server }: { readonly server: string | undefined },
  env: NodeJS.ProcessEnv,
): Promise<Way | string> {
  try {
    return await wayTo(await targetOf(server, env), env);
  } catch (error) {
    return wordFailure(failureOf(error)).message;
  }
}

async function wayTo(target: Target, env: NodeJS.ProcessEnv): Promise<Way> {
  const line = lineOf(target, env, write);
  const { server } = target;
  if (server !== undefined && line !== undefined) {
    await askOnTerminal(server, line, env, write).catch((error: unknown) => {
      // The way is there: the window says that Kedge is not, and waits for it.
      if (failureOf(error).code !== 'server-unreachable') throw error;
    });
  }
  return { target, line };
}

function write(text: string): void {
  process.stderr.write(text);
}
