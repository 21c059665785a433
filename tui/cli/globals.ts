import { KedgeError } from '../../protocol/failures.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import type { Globals } from './parsed.ts';
import { takeServerOption } from './server-options.ts';
import { takeWindowOption } from './window-options.ts';

export interface TakenGlobals {
  readonly globals: Globals;
  readonly help: boolean;
  readonly version: boolean;
  /** Everything else, in order. */
  readonly rest: readonly string[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Takes the options of every command out of a command line, wherever they stand before "--". */
export function takeGlobals(argv: readonly string[]): TakenGlobals {
  const globals: Mutable<Globals> = { json: false, color: true, wait: true, window: {} };
  const rest: string[] = [];
  let help = false;
  let version = false;
  const switches: Readonly<Record<string, () => void>> = {
    '--json': () => (globals.json = true),
    '--no-color': () => (globals.color = false),
    '--detach': () => (globals.wait = false),
    '--wait': () => (globals.wait = true),
    '--wait=true': () => (globals.wait = true),
    '--wait=false': () => (globals.wait = false),
    '--help': () => (help = true),
    '-h': () => (help = true),
    '--version': () => (version = true),
  };
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  for (let n = 0; n < end; n += 1) {
    const word = argv[n] ?? '';
    const act = Object.hasOwn(switches, word) ? switches[word] : undefined;
    if (act !== undefined) {
      act();
      continue;
    }
    const taken = takeOption(argv.slice(0, end), n, globals);
    if (taken === undefined) rest.push(word);
    Object.assign(globals, taken?.globals);
    n += (taken?.words ?? 1) - 1;
  }
  return { globals, help, version, rest: [...rest, ...argv.slice(end)] };
}

/** One that may have a value; undefined: it is an option of a command. */
function takeOption(
  words: readonly string[],
  place: number,
  before: Globals,
): { readonly globals: Partial<Globals>; readonly words: number } | undefined {
  const word = words[place] ?? '';
  if (word === '--socket') return { globals: { socket: socketFrom(words[place + 1]) }, words: 2 };
  if (word.startsWith('--socket='))
    return { globals: { socket: socketFrom(word.slice(9)) }, words: 1 };
  const window = takeWindowOption(words, place);
  if (window !== undefined)
    return { globals: { window: { ...before.window, ...window.settings } }, words: window.words };
  const server = takeServerOption(words, place, before);
  return server === undefined ? undefined : { globals: server.options, words: server.words };
}

function socketFrom(text: string | undefined): string {
  if (text !== undefined && text !== '') return text;
  throw new KedgeError('bad-argument', { what: '--socket', problem: cliTexts.optionNeedsValue });
}
