import { exitCodeOf, failureOf, wordFailure } from '../../protocol/failures.ts';
import { sanitiseText } from '../store/sanitise.ts';
import type { Globals } from './parsed.ts';
import type { Terminal } from './terminal.ts';

/** Everything the command line prints. Text for people is sanitised, JSON is escaped. */
export interface Output {
  readonly json: boolean;
  /** The result: text, or with --json the value. */
  result(data: unknown, lines: readonly string[]): void;
  /** The value with a list of that key at its end, which is printed as it comes, an item a line. */
  list(data: unknown, key: string, pages: AsyncIterable<readonly unknown[]>): Promise<void>;
  /** Lines of a result that has no end; with --json each is a JSON text on a line. */
  emit(lines: readonly string[]): void;
  /** Text on the way to the result; with --json on stderr, to keep stdout one value. */
  show(lines: readonly string[]): void;
  /** A remark beside the result, on stderr. */
  note(line: string): void;
  /** Words the failure and answers with its exit code. `more`: beside "error" in the JSON. */
  failure(error: unknown, more?: object): number;
}

export function createOutput(terminal: Terminal, globals: Globals): Output {
  const { json } = globals;
  const colored = globals.color && terminal.stderrIsTty && !terminal.env['NO_COLOR'];
  const print = (lines: readonly string[]): string =>
    lines.map((line) => `${sanitiseText(line)}\n`).join('');
  const name = colored ? '\x1b[31mkedge:\x1b[0m' : 'kedge:';
  return {
    json,
    result: (data, lines) => terminal.out(json ? `${jsonText(data)}\n` : print(lines)),
    async list(data, key, pages) {
      terminal.out(`${jsonText(data).replace(/\n\}$/, '')},\n  ${JSON.stringify(key)}: [`);
      let before = '\n    ';
      for await (const page of pages) {
        for (const item of page) {
          terminal.out(before + jsonText(item, 0));
          before = ',\n    ';
        }
      }
      terminal.out('\n  ]\n}\n');
    },
    emit: (lines) =>
      terminal.out(json ? lines.map((line) => `${jsonText(line, 0)}\n`).join('') : print(lines)),
    show: (lines) => (json ? terminal.err : terminal.out)(print(lines)),
    note: (line) => terminal.err(print([line])),
    failure(error, more = {}) {
      const failure = failureOf(error);
      const words = wordFailure(failure);
      if (json) terminal.out(`${jsonText({ error: { ...failure, ...words }, ...more })}\n`);
      const hint = words.hint === undefined ? '' : print([words.hint]);
      terminal.err(`${name} ${print([words.message])}${hint}`);
      return exitCodeOf(failure);
    },
  };
}

/** JSON escapes C0 by itself; what else could move a terminal's cursor is escaped here, losslessly. */
function jsonText(value: unknown, indent = 2): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
