/** A generator of its own (mulberry32), because Math.random takes no seed. */
export interface Random {
  /** 32 bits. */
  bits(): number;
  /** A whole number from low to high, both included. */
  between(low: number, high: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const between = (low: number, high: number): number =>
    low + Math.floor((bits() / 0x1_0000_0000) * (high - low + 1));
  return { bits, between, pick: (list) => list[between(0, list.length - 1)] ?? list[0] };
}

/** Bytes that no compressor makes smaller, as those of a photograph. */
export function noise(random: Random, sizeBytes: number): Buffer {
  const words = new Uint32Array(Math.ceil(sizeBytes / 4));
  for (let index = 0; index < words.length; index += 1) words[index] = random.bits();
  return Buffer.from(words.buffer, 0, sizeBytes);
}
