import { applyEdits, type JSONPath, modify } from 'jsonc-parser';

/** The text with one value set (undefined: removed); comments and the order of everything else stay. */
export function editConfig(text: string, path: JSONPath, value: unknown): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  return applyEdits(text, modify(text, path, value, { formattingOptions }));
}
