import type { Random } from './random.ts';

type Mutation = (bytes: Buffer, random: Random) => Buffer;

/** Bits, bytes and stretches changed as disks, cut transfers and vandals do. */
const mutations: readonly Mutation[] = [
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    const at = random.below(changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
    return changed;
  },
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    const at = random.below(changed.length);
    changed.fill(
      random.pick([0, 0xff, random.below(256)]),
      at,
      Math.min(at + 1 + random.below(600), changed.length),
    );
    return changed;
  },
  (bytes, random) => {
    const at = random.below(bytes.length);
    return Buffer.concat([
      bytes.subarray(0, at),
      random.bytes(1 + random.below(40)),
      bytes.subarray(at),
    ]);
  },
  (bytes, random) => {
    const at = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(500))]);
  },
  (bytes, random) => {
    const [from, at] = [random.below(bytes.length), random.below(bytes.length)];
    const piece = bytes.subarray(from, from + 1 + random.below(2000));
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    const [from, to] = [random.below(bytes.length), random.below(bytes.length)];
    changed.copy(changed, to, from, from + 1 + random.below(3000));
    return changed;
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  (bytes, random) => bytes.subarray(random.below(bytes.length)),
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    const at = random.below(Math.max(1, changed.length - 8));
    if (at + 8 > changed.length) return changed;
    changed.writeBigUInt64LE(random.pick(sizes), at);
    return changed;
  },
];

/** Where arithmetic breaks. */
const sizes: readonly bigint[] = [
  0n,
  1n,
  0x7fff_ffffn,
  0xffff_ffffn,
  0x1_0000_0000n,
  0x1f_ffff_ffff_ffffn,
  0x20_0000_0000_0000n,
  0x7fff_ffff_ffff_ffffn,
  0xffff_ffff_ffff_ffffn,
];

export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  let changed = bytes;
  const count = 1 + random.below(3);
  for (let nth = 0; nth < count && changed.length > 0; nth++) {
    changed = random.pick(mutations)(changed, random);
  }
  return changed;
}
