// As many places, and as many bytes at each: neighbours share a line of the processor's cache.
const places = 64;
const run = 16;

/**
 * Bits that a byte of a block holds by the frequency of its bytes alone, from a sample of 1 KiB: about 7.8 for what is
 * compressed or encrypted already, 4 to 6 for text and rows. The same for the same bytes.
 */
export function bitsPerByte(block: Uint8Array): number {
  const counts = new Uint16Array(256);
  const stride = Math.max(run, Math.floor(block.length / places));
  let seen = 0;
  for (let place = 0; place < block.length; place += stride) {
    for (const byte of block.subarray(place, place + run)) {
      counts[byte] = (counts[byte] ?? 0) + 1;
      seen += 1;
    }
  }
  let bits = 0;
  for (const count of counts) {
    if (count > 0) bits -= (count / seen) * Math.log2(count / seen);
  }
  return bits;
}
