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
  const stream = new Duplex({
    read: () => void child.stdout.resume(),
    write(chunk: Buffer, _encoding, done) {
      // A pipe that is broken says nothing; why the program ended does, and comes.
      child.stdin.write(chunk, (error) => {
        if (error == null) done();
      });
    },
    final: (done) => void child.stdin.end(() => done()),
    destroy(error, done) {
      child.kill();
      done(error);
    },
  });
  child.stdout.on('data', (bytes: Buffer) => {
    if (!stream.push(bytes)) child.stdout.pause();
  });
  child.stdout.pause();
  if (first.length > 0) stream.push(first);
  void whyEnded().then((error) => {
    if (error !== undefined) stream.destroy(error);
    else if (child.stdout.readableEnded) stream.push(null);
    else child.stdout.once('end', () => stream.push(null));
  });
  return stream;
}
