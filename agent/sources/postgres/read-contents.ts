/** What a dump says of one object, in the order in which all of them can be made. */
export interface DumpEntry {
  readonly id: number;
  /** The catalogue that has it in the server that was dumped, and its number there. */
  readonly catalogue: string;
  readonly oid: string;
  /** Its name; of what belongs to a table the name of that before it. */
  readonly tag: string;
  /** `TABLE`, `INDEX`, `FK CONSTRAINT`. */
  readonly kind: string;
  /** SQL that makes it. */
  readonly definition: string;
  readonly schema: string;
  readonly tablespace: string;
  readonly accessMethod: string;
  readonly owner: string;
  /** What must be there before it, by `id`. */
  readonly needs: readonly number[];
}

/** Names of PostgreSQL's encodings as decoders know them; a dump is in that of its database. */
const decoders: Readonly<Record<string, string>> = {
  UTF8: 'utf-8',
  SQL_ASCII: 'utf-8',
  LATIN2: 'iso-8859-2',
  LATIN9: 'iso-8859-15',
  WIN1250: 'windows-1250',
  WIN1251: 'windows-1251',
  WIN1252: 'windows-1252',
  WIN1256: 'windows-1256',
  KOI8R: 'koi8-r',
  KOI8U: 'koi8-u',
  EUC_JP: 'euc-jp',
  EUC_KR: 'euc-kr',
};

/**
 * The list of contents of a dump (`toc.dat`), as pg_dump of 12 and newer writes it; throws where it is none, or in an encoding
 * that is not known. Source: PostgreSQL, pg_backup_archiver.c, ReadHead and ReadToc.
 */
export function readContents(bytes: Buffer, encoding: string): readonly DumpEntry[] {
  const decode = decoderOf(encoding);
  if (decode === undefined) throw new Error(`its encoding ${encoding} can't be read`);
  const reader = new Reader(bytes, decode);
  const version = reader.head();
  return Array.from({ length: reader.int() }, () => readEntry(reader, version));
}

/** What pg_restore prints of a dump; names in it are not to be trusted where the encoding is not known. */
export function readList(bytes: Buffer, encoding: string): string {
  return decoderOf(encoding)?.(bytes) ?? bytes.toString();
}

function decoderOf(encoding: string): ((bytes: Buffer) => string) | undefined {
  // A decoder of that name takes it for windows-1252. Source: Encoding Standard, 4.2.
  if (encoding === 'LATIN1') return (bytes) => bytes.toString('latin1');
  const label = decoders[encoding];
  if (label === undefined) return undefined;
  const decoder = new TextDecoder(label);
  return (bytes) => decoder.decode(bytes);
}

const [tableMethodsSince, algorithmsSince, relationKindsSince] = [14, 15, 16];

function readEntry(reader: Reader, version: number): DumpEntry {
  const id = reader.int();
  reader.int();
  const [catalogue, oid, tag, kind] = [reader.text(), reader.text(), reader.text(), reader.text()];
  reader.int();
  const definition = reader.text();
  reader.skip(2);
  const [schema, tablespace] = [reader.text(), reader.text()];
  const accessMethod = version < tableMethodsSince ? '' : reader.text();
  if (version >= relationKindsSince) reader.int();
  const owner = reader.text();
  reader.skip(1);
  const needs = [...reader.list()].map(Number);
  reader.skip(1);
  const names = { catalogue, oid, tag, kind, schema, tablespace, accessMethod, owner };
  return { id, ...names, definition, needs };
}

class Reader {
  readonly #bytes: Buffer;
  readonly #decode: (bytes: Buffer) => string;
  #at = 0;
  #intBytes = 4;

  constructor(bytes: Buffer, decode: (bytes: Buffer) => string) {
    this.#bytes = bytes;
    this.#decode = decode;
  }

  /** Answers the second part of the version of the format, whose first is 1. */
  head(): number {
    if (this.#take(5).toString('latin1') !== 'PGDMP') throw new Error('it is no dump');
    const [major = 0, minor = 0, , intBytes = 0] = this.#take(6);
    if (major !== 1 || minor < 13 || intBytes < 1 || intBytes > 6)
      throw new Error(`the format ${major}.${minor} of its contents is not known`);
    this.#intBytes = intBytes;
    if (minor >= algorithmsSince) this.#take(1);
    else this.int();
    const partsOfTime = 7;
    for (let part = 0; part < partsOfTime; part += 1) this.int();
    this.skip(3);
    return minor;
  }

  int(): number {
    const [sign = 0] = this.#take(1);
    const size = this.#take(this.#intBytes).readUIntLE(0, this.#intBytes);
    return sign === 0 ? size : -size;
  }

  /** '' also of none. */
  text(): string {
    return this.#text() ?? '';
  }

  skip(texts: number): void {
    for (let text = 0; text < texts; text += 1) this.#text();
  }

  *list(): Generator<string> {
    for (let text = this.#text(); text !== undefined; text = this.#text()) yield text;
  }

  #text(): string | undefined {
    const length = this.int();
    return length < 0 ? undefined : this.#decode(this.#take(length));
  }

  #take(length: number): Buffer {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    if (taken.length < length) throw new Error('its contents break off');
    this.#at += length;
    return taken;
  }
}
