/** How a letter looks alone and joined to its neighbours; letters without the last two join to the right only. */
export interface LetterForms {
  readonly alone: string;
  readonly end: string;
  readonly start?: string | undefined;
  readonly middle?: string | undefined;
}

const blocks = [
  [0xfb50, 0xfbff],
  [0xfe80, 0xfefc],
] as const;
/** Its signs for start and middle stand in the other block, before those for alone and end. */
const alefMaksura = '\u0649';

/** By letter, and by "lam alef" for the two in one sign. Unicode has the signs of a letter in this order. */
export function letterForms(): ReadonlyMap<string, LetterForms> {
  const signs = new Map<string, string[]>();
  for (const [first, last] of blocks) {
    for (let code = first; code <= last; code++) {
      const sign = String.fromCharCode(code);
      const letters = sign.normalize('NFKC');
      if (letters !== sign) signs.set(letters, [...(signs.get(letters) ?? []), sign]);
    }
  }
  const [start = '', middle = '', alone = '', end = ''] = signs.get(alefMaksura) ?? [];
  signs.set(alefMaksura, [alone, end, start, middle]);
  return new Map([...signs].flatMap(([letters, found]) => formsOf(letters, found)));
}

function formsOf(
  letters: string,
  [alone, end, start, middle]: readonly string[],
): readonly (readonly [string, LetterForms])[] {
  if (alone === undefined || end === undefined) return [];
  return letters.length === 1 || /^ل[آأإا]$/.test(letters)
    ? [[letters, { alone, end, start, middle }]]
    : [];
}
