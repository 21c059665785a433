import { createHash } from 'node:crypto';
import { findNodeAtLocation, type ParseError, parse, parseTree, visit } from 'jsonc-parser';
import type * as z from 'zod';
import type { ConfigProblem } from '../../protocol/methods/config.ts';
import { Config } from './config.ts';
import { syntaxFault } from './syntax-fault.ts';

export type ParsedConfig =
  | {
      readonly kind: 'valid';
      readonly config: Config;
      readonly text: string;
      readonly revision: string;
    }
  | {
      readonly kind: 'invalid';
      readonly problems: readonly ConfigProblem[];
      readonly revision: string;
    };

/** A fault of meaning that no schema sees, with the path of keys where it stands. */
export interface ConfigFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
export type ConfigCheck = (config: Config) => readonly ConfigFault[];

/** What was read, as 16 hex characters: a change is saved only against the revision it was made from. */
export function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** `adopted`: it was in force once, maybe before keys given twice were refused. */
export function parseConfig(
  text: string,
  checks: readonly ConfigCheck[],
  adopted = false,
): ParsedConfig {
  const revision = revisionOf(text);
  const errors: ParseError[] = [];
  const raw: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) {
    const problems = errors.map((error) => ({
      ...placeAt(text, error.offset),
      message: syntaxFault(error),
    }));
    return { kind: 'invalid', problems, revision };
  }
  const twice = adopted ? [] : repeatedKeys(text);
  if (twice.length > 0) return { kind: 'invalid', problems: twice, revision };
  const decoded = Config.safeParse(raw);
  const faults = decoded.success
    ? checks.flatMap((check) => check(decoded.data))
    : decoded.error.issues.flatMap(faultsOf);
  if (!decoded.success || faults.length > 0) {
    const problems = faults.map((fault) => ({
      ...placeOf(text, fault.path),
      message: `${fault.path.join('.') || 'the file'}: ${fault.message}`,
    }));
    return { kind: 'invalid', problems, revision };
  }
  return { kind: 'valid', config: decoded.data, text, revision };
}

/** JSON would take the last of two and say nothing. */
function repeatedKeys(text: string): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  /** One of keys for each object around. */
  const open: Map<string, number>[] = [];
  visit(
    text,
    {
      onObjectBegin: () => void open.push(new Map()),
      onObjectEnd: () => void open.pop(),
      onObjectProperty: (key, offset, _length, _line, _column, pathTo) => {
        const seen = open.at(-1);
        const { line, column } = placeAt(text, offset);
        const first = seen?.get(key);
        if (first === undefined) seen?.set(key, line);
        else {
          const message = `${[...pathTo(), key].join('.')}: given twice, first on line ${first}`;
          problems.push({ line, column, message });
        }
      },
    },
    { allowTrailingComma: true },
  );
  return problems;
}

function faultsOf(issue: z.core.$ZodIssue): ConfigFault[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: 'there is no such key here; is it misspelt?',
    }));
  }
  // The program's word for it helps nobody who writes a file.
  return [
    { path, message: oneOf(issue.message) ?? issue.message.replace(/^Invalid string: /, '') },
  ];
}

/** "Invalid discriminator value. Expected 'a' | 'b'": which kinds there are. */
function oneOf(message: string): string | undefined {
  const kinds = /^Invalid discriminator value\. Expected (.*)$/.exec(message)?.[1];
  return kinds === undefined
    ? undefined
    : `it has to be one of ${kinds.replaceAll("'", '').replaceAll(' | ', ', ')}`;
}

/** Line and column (from 1) of a key, or of the nearest key above that exists. */
function placeOf(
  text: string,
  path: readonly (string | number)[],
): { line: number; column: number } {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  for (let length = path.length; tree !== undefined && length >= 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node !== undefined) return placeAt(text, node.offset);
  }
  return { line: 1, column: 1 };
}

function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
