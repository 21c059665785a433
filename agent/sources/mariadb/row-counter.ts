/** How a dump ends that is one. */
export const dumpEnd = Buffer.from('-- Dump completed\n');

const newline = 0x0a;
const parenthesis = 0x28;
const semicolon = 0x3b;
const statement = Buffer.from('INSERT INTO ');

/**
 * Counts the rows of a table in a dump. A line break in a text stands there as `\n`, so a line of the file is one of the
 * dump: MariaDB writes a row a line, `(1,'one'),`, MySQL a statement a line.
 */
export class RowCounter {
  #rows = 0;
  /** Lines until a semicolon are rows. */
  #isInside = false;
  #start = Buffer.alloc(0);
  #inline: InlineRows | undefined;
  #isLineStart = true;
  #lastByte = 0;
  #end = Buffer.alloc(0);
  #lineBytes = 0;
  #longest = 0;

  write(bytes: Uint8Array): void {
    const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < block.length; ) {
      const end = block.indexOf(newline, at);
      const upTo = end === -1 ? block.length : end;
      this.#lineBytes += upTo - at;
      this.#part(block.subarray(at, upTo));
      if (end !== -1) this.#endLine();
      at = upTo + 1;
    }
    this.#end = Buffer.concat([this.#end, block.subarray(-dumpEnd.length)]).subarray(
      -dumpEnd.length,
    );
  }

  /** Or why that can't be said. */
  rows(): number | string {
    return this.#end.equals(dumpEnd) ? this.#rows : 'it breaks off';
  }

  /** Those so far, of what has no end yet. */
  get rowsSoFar(): number {
    return this.#rows;
  }

  /** In bytes: about what a server has to take at once. */
  get longestLine(): number {
    return Math.max(this.#longest, this.#lineBytes);
  }

  #part(part: Buffer): void {
    if (part.length === 0) return;
    this.#lastByte = part[part.length - 1] ?? 0;
    if (this.#isInside) {
      if (this.#isLineStart && part[0] === parenthesis) this.#rows += 1;
      this.#isLineStart = false;
      return;
    }
    if (this.#inline !== undefined) this.#inline.write(part);
    else this.#begin(part);
    this.#isLineStart = false;
  }

  /** Until it is known whether the line begins a statement of rows. */
  #begin(part: Buffer): void {
    if (!this.#isLineStart && this.#start.length === 0) return;
    const seen = Buffer.concat([this.#start, part.subarray(0, statement.length)]);
    const length = Math.min(seen.length, statement.length);
    if (!seen.subarray(0, length).equals(statement.subarray(0, length))) {
      this.#start = Buffer.alloc(0);
    } else if (length < statement.length) {
      this.#start = seen;
    } else {
      const from = statement.length - this.#start.length;
      this.#start = Buffer.alloc(0);
      this.#inline = new InlineRows();
      this.#inline.write(part.subarray(from));
    }
  }

  #endLine(): void {
    this.#longest = this.longestLine;
    this.#lineBytes = 0;
    if (this.#inline !== undefined) {
      this.#rows += this.#inline.rows;
      this.#isInside = this.#lastByte !== semicolon;
    } else if (this.#isInside) {
      this.#isInside = this.#lastByte !== semicolon;
    }
    this.#inline = undefined;
    this.#start = Buffer.alloc(0);
    this.#isLineStart = true;
    this.#lastByte = 0;
  }
}

const backslash = 0x5c;
const quotes: ReadonlySet<number> = new Set([0x27, 0x22, 0x60]);
const backtick = 0x60;
const closing = 0x29;
const letterV = 0x56;

/** The rest of a line behind `INSERT INTO `, byte by byte: it may have no rows, or all. */
class InlineRows {
  rows = 0;
  #depth = 0;
  #quote = 0;
  #isEscaped = false;
  /** Behind the word VALUES; what comes before in parentheses are names. */
  #isBehind = false;

  write(bytes: Buffer): void {
    for (const byte of bytes) {
      if (this.#quote === 0) this.#outside(byte);
      else this.#inside(byte);
    }
  }

  #inside(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === backslash && this.#quote !== backtick) this.#isEscaped = true;
    // Of one that is doubled the second opens it again.
    else if (byte === this.#quote) this.#quote = 0;
  }

  #outside(byte: number): void {
    if (quotes.has(byte)) this.#quote = byte;
    else if (byte === letterV && this.#depth === 0) this.#isBehind = true;
    else if (byte === closing) this.#depth -= 1;
    else if (byte === parenthesis) {
      if (this.#depth === 0 && this.#isBehind) this.rows += 1;
      this.#depth += 1;
    }
  }
}
