import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Duplex } from 'node:stream';

/**
 * The pipes of a program as one stream; `first` comes before all else. When the program has ended, the stream ends
 * too, with what `whyEnded` answers. Destroying it ends the program.
 */
export function programStream(
  child: ChildProcessWithoutNullStreams,
  first: Buffer,
  whyEnded: () => Promise<Error | undefined>,
): Duplex {
  let writing: ((error?: Error | null) => void) | undefined;
  const written = (error?: Error | null): void => {
    const done = writing;
    writing = undefined;
    done?.(error);
  };
  const stream = new Duplex({
    read: () => void child.stdout.resume(),
    write(chunk: Buffer, _encoding, done) {
      writing = done;
      // A broken pipe tells less than why the program ended, which comes.
      child.stdin.write(chunk, (error) => {
        if (error == null) written();
      });
    },
    final: (done) => void child.stdin.end(() => done()),
    destroy(error, done) {
      child.kill();
      // Whoever waits for it to be written would wait for ever.
      written(error);
      done(error);
    },
  });
  child.stdout.on('data', (bytes: Buffer) => {
    if (!stream.push(bytes)) child.stdout.pause();
  });
  // Until somebody has taken it, it breaks unheard; its `errored` says why.
  stream.on('error', () => undefined);
  child.stdout.pause();
  if (first.length > 0) stream.push(first);
  void whyEnded().then((error) => {
    if (error !== undefined) stream.destroy(error);
    else if (child.stdout.readableEnded) stream.push(null);
    else child.stdout.once('end', () => stream.push(null));
  });
  return stream;
}
