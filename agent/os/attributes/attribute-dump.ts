import type { Attribute } from './attribute.ts';

/** What `getfattr --dump --encoding=base64` prints and `setfattr --restore` takes, for one path. */
export interface DumpedPath {
  readonly path: Buffer;
  readonly attributes: readonly Attribute[];
}

const newline = 0x0a;
const backslash = 0x5c;
const equals = 0x3d;
const heading = Buffer.from('# file: ');
const base64 = '0s';

/** Paths without attributes are not in a dump. */
export function* parseDump(dump: Buffer): Generator<DumpedPath> {
  let path: Buffer | undefined;
  let attributes: Attribute[] = [];
  for (const line of linesIn(dump)) {
    if (line.subarray(0, heading.length).equals(heading)) {
      if (path !== undefined) yield { path, attributes };
      path = unescaped(line.subarray(heading.length));
      attributes = [];
    } else if (line.length > 0) attributes.push(parseLine(line));
  }
  if (path !== undefined) yield { path, attributes };
}

function* linesIn(dump: Buffer): Generator<Buffer> {
  let start = 0;
  for (let end = dump.indexOf(newline); end !== -1; end = dump.indexOf(newline, start)) {
    yield dump.subarray(start, end);
    start = end + 1;
  }
}

/** Names have their own "=" escaped. */
function parseLine(line: Buffer): Attribute {
  const at = line.indexOf(equals);
  const value = line.toString('latin1', at + 1);
  if (at === -1 || !value.startsWith(base64)) {
    throw new RangeError(`getfattr printed a line of another form: ${line.toString('latin1')}`);
  }
  return {
    name: unescaped(line.subarray(0, at)),
    value: Buffer.from(value.slice(base64.length), 'base64'),
  };
}

/** A path must not begin with a blank: setfattr takes it for one of its own. */
export function encodeDump({ path, attributes }: DumpedPath): Buffer {
  const lines = attributes.flatMap(({ name, value }) => [
    escaped(name),
    Buffer.from(`=${base64}${value.toString('base64')}\n`),
  ]);
  return Buffer.concat([heading, escaped(path), Buffer.from('\n'), ...lines, Buffer.from('\n')]);
}

/** Backslash, newline, CR and "=" as a backslash with three octal digits; all other bytes as they are. */
function escaped(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/[\\\n\r=]/g, octalEscape);
  return Buffer.from(text, 'latin1');
}

function octalEscape(character: string): string {
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}

function unescaped(bytes: Buffer): Buffer {
  if (!bytes.includes(backslash)) return bytes;
  const text = bytes
    .toString('latin1')
    .replace(/\\([0-3][0-7]{2})/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 8)),
    );
  return Buffer.from(text, 'latin1');
}
