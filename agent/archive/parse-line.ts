/** Below it any JSON takes little memory. */
const small = 1 << 20;
const [openArray, openObject] = [0x5b, 0x7b];

/**
 * JSON of an index line. `[[],[],...` takes twenty times its length in memory: a long line with more arrays and
 * objects than ours have is refused before it is parsed.
 */
export function parseLine(line: Buffer): unknown {
  if (line.length > small) {
    let opened = 0;
    for (const byte of line) if (byte === openArray || byte === openObject) opened += 1;
    if (opened > line.length / 16) throw new RangeError('a line holds too many things');
  }
  return JSON.parse(line.toString());
}
