import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Reads what tells one committed state of a database file from the next, past SQLite and without a lock.
 * Its descriptors stay open until it is disposed: closing one drops every lock that this process holds on
 * the file, so it has to outlive the connections that are open beside it.
 */
export class ChangeMark implements Disposable {
  readonly #path: string;
  readonly #open: number[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Rollback journal: the file change counter (bytes 24 to 27). WAL: last valid frame and salts in the
   * index of the -wal (bytes 16 to 19, 32 to 39). Source: sqlite.org/fileformat2.html, walformat.html.
   * A client in WAL mode that came and went took its commit into the file and need not have counted it:
   * that shows in the time of the file alone.
   */
  read(): string {
    const file = this.#openFile(this.#path);
    const counter = bytesAt(file, 24, 4);
    const { size, mtimeNs } = fstatSync(file, { bigint: true });
    const parts = [counter, String(size), String(mtimeNs)];
    if (sizeOf(`${this.#path}-wal`) > 0) {
      const index = this.#openFile(`${this.#path}-shm`);
      parts.push(bytesAt(index, 16, 4), bytesAt(index, 32, 8));
    }
    return parts.join('-');
  }

  #openFile(path: string): number {
    const file = openSync(path, 'r');
    this.#open.push(file);
    return file;
  }

  [Symbol.dispose](): void {
    for (const file of this.#open) closeSync(file);
  }
}

/** Linux writes the time of its last tick, 10 ms at most: a later write then has another time. */
const tickMs = 20;
const triesAtMost = 3;

/** Reads the mark of a file when no write after it could leave its time as it is. */
export async function settledMark(path: string, signal: AbortSignal): Promise<string> {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const ageMs = Date.now() - statSync(path).mtimeMs;
    if (ageMs < 0 || ageMs > tickMs) break;
    await pause(tickMs + 1 - ageMs, undefined, { signal });
  }
  using mark = new ChangeMark(path);
  return mark.read();
}

function bytesAt(file: number, position: number, length: number): string {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, position);
  return bytes.toString('hex');
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
