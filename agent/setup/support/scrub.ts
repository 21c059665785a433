import { hiddenMark } from './hidden.ts';

/** Shorter ones are parts of too many words. */
const leastCharacters = 6;

/**
 * Takes secrets out of texts: those that are known, in every way they may be written, and what looks like one
 * wherever it came from.
 */
export function createScrub(secrets: readonly string[]): (text: string) => string {
  const words = [
    ...new Set(secrets.flatMap((secret) => [secret, ...partsOf(secret)]).flatMap(writings)),
  ]
    .filter((word) => word.length >= leastCharacters)
    // What begins with another one is to go whole.
    .toSorted((a, b) => b.length - a.length);
  const known = words.length === 0 ? undefined : new RegExp(words.map(literally).join('|'), 'g');
  return (text) => {
    const without = known === undefined ? text : text.replaceAll(known, hiddenMark);
    return forms.reduce((done, [form, shown]) => done.replaceAll(form, shown), without);
  };
}

function literally(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/**
 * Words of a command line that may be secrets by themselves: what stands behind an equals sign, and what is no plain
 * word. Whole texts of the configuration are hidden there already; a program may tell parts of them.
 */
function partsOf(text: string): readonly string[] {
  const values = [...text.matchAll(/=\s*["']?([^\s"'`;&|()<>]+)/g)].map(([, value = '']) => value);
  const words = text.split(/[\s"'`=;:,&|()<>@?]+/);
  return [...values, ...words.filter((word) => word.length >= 8 && /\d/.test(word))];
}

/** As it is, by lines, in JSON, in an address, and as HTTP sends it. */
function writings(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  return [secret, secret.trim(), ...lines].flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    encoded(text),
    decoded(text),
    Buffer.from(text).toString('base64'),
  ]);
}

function encoded(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : text;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that is only that.
    return text;
  }
}

/** A name of a secret up to its value: "DB_PASSWORD=", `"apiKey": `, "aws_secret_access_key: ". */
const named = String.raw`(?:password|passwd|passphrase|pwd|secret|token|(?:api|access|private)[_-]?key)(?!s\b)[\w-]{0,40}\\*["']?\s*[:=]\s*`;

const forms: readonly (readonly [form: RegExp, shown: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, hiddenMark],
  [/AGE-SECRET-KEY-1[A-Z0-9]+/gi, hiddenMark],
  [/AGE-PLUGIN-[A-Z0-9-]+/g, hiddenMark],
  // User and password of an address, which may have an @ in it, and its parameters.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#"']+@/gi, `$1${hiddenMark}@`],
  [/(\bhttps?:\/\/[^\s?#"']+)[?#][^\s"']+/gi, `$1?${hiddenMark}`],
  [/(\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer)\s+)[^\s"',]+/gi, `$1${hiddenMark}`],
  // A JSON Web Token.
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, hiddenMark],
  // In quotes, which JSON in JSON escapes, a value may have blanks.
  [new RegExp(String.raw`(${named}\\*")(?!\[hidden\])[^"\\]+`, 'gi'), `$1${hiddenMark}`],
  [new RegExp(String.raw`(${named}')(?!\[hidden\])[^']+`, 'gi'), `$1${hiddenMark}`],
  [new RegExp(String.raw`(${named})(?!\[hidden\])[^\s"',{}[\]\\]+`, 'gi'), `$1${hiddenMark}`],
];
