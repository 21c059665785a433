import * as z from 'zod';

/** Keys and places of lists from the top of the file. */
const path = z
  .array(z.union([z.string().max(300), z.int().min(0).max(100_000)]))
  .min(1)
  .max(30)
  .readonly();
export type ConfigPath = readonly (string | number)[];

/** One change of kedge.jsonc; comments and the order of all else stay. */
export const ConfigChange = z.discriminatedUnion('kind', [
  /** What is missing above it is made. */
  z.object({ kind: z.literal('set'), path, value: z.unknown() }),
  /** A new item of a list, before the one that stands at its place. */
  z.object({ kind: z.literal('insert'), path, value: z.unknown() }),
  z.object({ kind: z.literal('remove'), path }),
  /** The last key becomes another one; its place and what it holds stay. */
  z.object({ kind: z.literal('rename'), path, to: z.string().min(1).max(300) }),
]);
export type ConfigChange = z.infer<typeof ConfigChange>;

/** The fewest changes that make one value of another, in an order in which they can be made. */
export function changesBetween(
  before: unknown,
  after: unknown,
  at: ConfigPath,
): readonly ConfigChange[] {
  if (isSame(before, after)) return [];
  if (after === undefined) return [{ kind: 'remove', path: at }];
  if (Array.isArray(before) && Array.isArray(after)) return changesOfList(before, after, at);
  if (!isRecord(before) || !isRecord(after)) return [{ kind: 'set', path: at, value: after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => changesBetween(before[key], after[key], [...at, key]));
}

/** What both lists begin and end with stays; between them item by item. */
function changesOfList(
  before: readonly unknown[],
  after: readonly unknown[],
  at: ConfigPath,
): readonly ConfigChange[] {
  const shorter = Math.min(before.length, after.length);
  const isOther = (_: unknown, n: number): boolean => !isSame(before[n], after[n]);
  const start = indexOr(before.slice(0, shorter).findIndex(isOther), shorter);
  const isOtherFromEnd = (_: unknown, n: number): boolean =>
    !isSame(before[before.length - 1 - n], after[after.length - 1 - n]);
  const room = before.slice(0, shorter - start);
  const end = indexOr(room.findIndex(isOtherFromEnd), room.length);
  const both = after.slice(start, shorter - end);
  const changed = both.flatMap((item, n) =>
    changesBetween(before[start + n], item, [...at, start + n]),
  );
  const from = start + both.length;
  const gone = before.slice(from, before.length - end);
  const come = after.slice(from, after.length - end);
  return [
    ...changed,
    ...gone.map((): ConfigChange => ({ kind: 'remove', path: [...at, from] })),
    ...come.map((value, n): ConfigChange => ({ kind: 'insert', path: [...at, from + n], value })),
  ];
}

function indexOr(index: number, otherwise: number): number {
  return index < 0 ? otherwise : index;
}

function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, n) => isSame(item, other[n]));
  }
  if (!isRecord(one) || !isRecord(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSame(one[key], other[key]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
