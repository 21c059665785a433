const newline = 0x0a;
/** Behind the rows of a table in a dump. Source: pg_dump.c, dumpTableData_copy. */
const end = Buffer.from('\\.\n\n\n');
const endLines = 3;

/** Counts the rows of a table in a dump: a line each, as COPY has a newline in a text as `\n`. */
export class RowCounter {
  #lines = 0;
  #last = Buffer.alloc(0);

  write(bytes: Uint8Array): void {
    const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = block.indexOf(newline); at !== -1; at = block.indexOf(newline, at + 1)) {
      this.#lines += 1;
    }
    this.#last = Buffer.concat([this.#last, block.subarray(-end.length)]).subarray(-end.length);
  }

  /** Or why that can't be said. */
  rows(): number | string {
    return this.#last.equals(end) ? this.#lines - endLines : 'its rows break off';
  }
}
