import { KedgeError } from '../../protocol/failures.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';

/** Where Kedge is, as the command line says it; all absent: on this machine. */
export interface ServerOptions {
  /** A name of the list of servers, or `[user@]host[:port]`. */
  readonly server?: string | undefined;
  readonly remoteKedge?: string | undefined;
  readonly sshOptions?: readonly string[] | undefined;
}

export interface TakenServerOption {
  readonly options: ServerOptions;
  /** Words that it took. */
  readonly words: number;
}

const names = ['--server', '--remote-kedge', '--ssh-option'] as const;

/** The option at a place of a command line, added to those before it; undefined: it is another one. */
export function takeServerOption(
  words: readonly string[],
  place: number,
  before: ServerOptions,
): TakenServerOption | undefined {
  const [word = '', ...inline] = (words[place] ?? '').split('=');
  const name = names.find((known) => known === word);
  if (name === undefined) return undefined;
  const value = inline.length > 0 ? inline.join('=') : words[place + 1];
  if (value === undefined || value === '')
    throw new KedgeError('bad-argument', { what: name, problem: cliTexts.optionNeedsValue });
  return { options: withOption(name, value, before), words: inline.length > 0 ? 1 : 2 };
}

function withOption(
  name: (typeof names)[number],
  value: string,
  before: ServerOptions,
): ServerOptions {
  switch (name) {
    case '--server':
      return { ...before, server: value };
    case '--remote-kedge':
      return { ...before, remoteKedge: value };
    case '--ssh-option':
      return { ...before, sshOptions: [...(before.sshOptions ?? []), value] };
    default:
      return name satisfies never;
  }
}

/** What only says how a server is reached says nothing without one. */
export function refuseLoneOptions({ server, remoteKedge, sshOptions }: ServerOptions): void {
  if (server !== undefined) return;
  const lone = [
    ...(remoteKedge === undefined ? [] : ['--remote-kedge']),
    ...(sshOptions === undefined ? [] : ['--ssh-option']),
  ];
  const [what] = lone;
  if (what !== undefined)
    throw new KedgeError('bad-argument', { what, problem: cliTexts.onlyWithServer });
}
