/**
 * Words of the same form that are read where they are shown: a part of them may be kept for good, and still speaks
 * the language of the moment. A single word may not be kept. `path`: where this part is in all words.
 */
export function liveWords<T extends object>(
  form: T,
  spoken: () => object,
  path: readonly PropertyKey[] = [],
): T {
  const parts = new Map<PropertyKey, object>();
  let all: object | undefined;
  let words: object = form;
  return new Proxy(form, {
    get(_form, key) {
      const now = spoken();
      if (now !== all) {
        all = now;
        words = path.reduce(partOf, now);
      }
      const word: unknown = Reflect.get(words, key);
      if (typeof word !== 'object' || word === null) return word;
      if (Array.isArray(word) || word instanceof RegExp) return word;
      const known = parts.get(key);
      if (known !== undefined) return known;
      const part = liveWords(word, spoken, [...path, key]);
      parts.set(key, part);
      return part;
    },
  });
}

function partOf(words: object, key: PropertyKey): object {
  const part: unknown = Reflect.get(words, key);
  return typeof part === 'object' && part !== null ? part : {};
}
