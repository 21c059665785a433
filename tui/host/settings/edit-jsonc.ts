import { applyEdits, modify, parse } from 'jsonc-parser';

/** The text with one value set (undefined: removed); comments and the order of everything else stay. */
export function withValue(text: string, path: readonly string[], value: unknown): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  const begun = text.trim() === '' ? '{}\n' : text;
  return applyEdits(begun, modify(begun, [...path], value, { formattingOptions }));
}

/** What the text means, as far as it can be read. */
export function valueOfText(text: string): unknown {
  return parse(text, [], { allowTrailingComma: true });
}
