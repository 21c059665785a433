/**
 * Words of the same form that are read where they are shown: a part of them may be kept for good, and still speaks
 * the language of the moment. A single word may not be kept.
 */
export function liveWords<T extends object>(form: T, read: () => object): T {
  const parts = new Map<PropertyKey, object>();
  return new Proxy(form, {
    get(_form, key) {
      const word: unknown = Reflect.get(read(), key);
      if (typeof word !== 'object' || word === null || Array.isArray(word)) return word;
      const known = parts.get(key);
      if (known !== undefined) return known;
      const part = liveWords(word, () => partOf(read(), key));
      parts.set(key, part);
      return part;
    },
  });
}

function partOf(words: object, key: PropertyKey): object {
  const part: unknown = Reflect.get(words, key);
  return typeof part === 'object' && part !== null ? part : {};
}
