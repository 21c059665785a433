const quoted = /`(?:[^`]|``)*`|'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/g;
const comment = /#|--(?=\s|$)|\/\*(?!M?!\d{5,6}\b)/;
/** Would read what is not in the archive: other tables, other servers, files. */
const reaching = /\b(?:SELECT|TABLE|UNION|CONNECTION|LOAD_FILE)\b/i;
const engines = /\bENGINE\b\s*=?\s*([^\s,)]+)/gi;

/**
 * What an archive has of a table runs with the rights of Kedge, and may be forged. Whether a `CREATE TABLE` makes a table of this engine, and that only.
 */
export function makesOnlyTable(sql: string, engine: string): boolean {
  const bare = sql.replace(/^CREATE TABLE /, '').replaceAll(quoted, '?');
  // A server of another version skips a comment up to the first of these, also where that is in a text.
  const hides =
    bare.includes('/*') && (sql.match(quoted) ?? []).some((text) => text.includes('*/'));
  if (hides || /['"`;]/.test(bare) || comment.test(bare) || reaching.test(bare)) return false;
  const named = [...bare.matchAll(engines)].map(([, name = '']) => name.toLowerCase());
  return named.every((name) => name === engine.toLowerCase());
}

const [tab, newline, space, apostrophe, opening, closing, comma, backslash] = [
  ..."\t\n '(),\\",
].map((character) => character.charCodeAt(0));

/** Whether what follows `VALUES` is rows of texts and numbers. Byte by byte, as a row may be as long as memory. */
export function areOnlyRows(values: string): boolean {
  let at = 0;
  const is = (code: number | undefined): boolean => values.charCodeAt(at) === code;
  const skipSpace = (): void => {
    while (is(space) || is(newline) || is(tab)) at += 1;
  };
  for (;;) {
    skipSpace();
    if (!is(opening)) return false;
    do {
      at = valueEnd(values, at + 1);
      if (at < 0) return false;
    } while (is(comma));
    if (!is(closing)) return false;
    at += 1;
    skipSpace();
    if (at === values.length) return true;
    if (!is(comma)) return false;
    at += 1;
  }
}

const number = /^(?:NULL|-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i;
const binary = '_binary ';
const longestNumber = 512;

/** Behind the value that begins there; -1: it is none. */
function valueEnd(values: string, from: number): number {
  if (values.startsWith(binary, from)) return textEnd(values, from + binary.length);
  if (values.charCodeAt(from) === apostrophe) return textEnd(values, from);
  if (values.startsWith('0x', from)) return hexEnd(values, from + 2);
  let at = from;
  while (at - from < longestNumber && !isBehind(values.charCodeAt(at))) at += 1;
  return number.test(values.slice(from, at)) ? at : -1;
}

const isBehind = (code: number): boolean =>
  code === comma || code === closing || Number.isNaN(code);

function textEnd(values: string, from: number): number {
  if (values.charCodeAt(from) !== apostrophe) return -1;
  for (let at = from + 1; at < values.length; at += 1) {
    const code = values.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === apostrophe && values.charCodeAt(at + 1) === apostrophe) at += 1;
    else if (code === apostrophe) return at + 1;
  }
  return -1;
}

function hexEnd(values: string, from: number): number {
  let at = from;
  while (isHex(values.charCodeAt(at))) at += 1;
  return at;
}

/** 0 to 9, A to F, a to f. */
const isHex = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x46) ||
  (code >= 0x61 && code <= 0x66);
