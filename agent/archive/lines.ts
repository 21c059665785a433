import { constants } from 'node:buffer';

const newline = 0x0a;

/**
 * Cuts a stream into lines, without their newlines. A line longer than `limit` bytes or a stream that
 * does not end with a newline is an error. A line is good until the next one is asked for.
 */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  limit: number = constants.MAX_LENGTH,
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const line = chunk.subarray(start, end);
      yield rest.length === 0 ? line : Buffer.concat([rest, line]);
      rest = Buffer.alloc(0);
      start = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(start)]);
    if (rest.length > limit) throw new RangeError(`a line is longer than ${limit} bytes`);
  }
  if (rest.length > 0) throw new RangeError('the last line has no end');
}
