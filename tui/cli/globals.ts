import { KedgeError } from '../../protocol/failures.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import type { Globals } from './parsed.ts';

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
  const globals: Mutable<Globals> = { json: false, color: true, wait: true };
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
    if (act !== undefined) act();
    else if (word === '--socket') globals.socket = socketFrom(argv[++n]);
    else if (word.startsWith('--socket=')) globals.socket = socketFrom(word.slice(9));
    else rest.push(word);
  }
  return { globals, help, version, rest: [...rest, ...argv.slice(end)] };
}

function socketFrom(text: string | undefined): string {
  if (text !== undefined && text !== '') return text;
  throw new KedgeError('bad-argument', { what: '--socket', problem: cliTexts.optionNeedsValue });
}
