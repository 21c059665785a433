import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** A place in a file and what is wrong there; line and column from 1. */
export interface FileFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface ParsedText {
  /** Undefined: the text is empty. */
  readonly root: Node | undefined;
  readonly faults: readonly FileFault[];
}

/** JSON with comments and commas too many, as people write it. What can be read is, beside all faults. */
export function parseJsonc(text: string): ParsedText {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const faults = errors.map(({ error, offset }) =>
    faultAt(text, offset, worded(printParseErrorCode(error))),
  );
  return { root, faults };
}

export function faultAt(text: string, offset: number, message: string): FileFault {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message };
}

/** "CommaExpected": "comma expected". */
function worded(code: string): string {
  return code.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
