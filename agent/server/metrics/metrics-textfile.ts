import { removeFile, writeFileAtomic } from '../../os/files.ts';

/** As often as node_exporter is usually asked. */
const everyMs = 60_000;
/** node_exporter is another user. */
const readableByAll = 0o644;

export interface TextfileOptions {
  readonly path: string;
  readonly read: () => Promise<string>;
  /** Told after each attempt; undefined: it was written. */
  readonly onWritten: (problem: unknown) => void;
}

/**
 * Writes the metrics into a file at once and then every minute. Disposing takes the file away: figures of a Kedge
 * that was stopped must not pass for those of now. After a crash it stays, and its age tells.
 */
export function writeMetricsFile({ path, read, onWritten }: TextfileOptions): AsyncDisposable {
  const write = async (): Promise<void> => {
    await read()
      .then(async (text) => await writeFileAtomic(path, text, readableByAll))
      .then(() => onWritten(undefined), onWritten);
  };
  let writing = write();
  const regular = setInterval(() => {
    writing = writing.then(write);
  }, everyMs).unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(regular);
      await writing;
      // Where it can't be removed its time tells that it is old.
      await removeFile(path).catch(() => undefined);
    },
  };
}
