/** Random access to the bytes of one archive, wherever it lies. */
export interface RangedReader extends AsyncDisposable {
  /** For messages: the path or address. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Exactly `length` bytes from `offset`; fewer are an error. Theirs is memory of their own: who asked may free it. */
  read(offset: number, length: number): Promise<Buffer>;
}
