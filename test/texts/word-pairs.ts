/** A text of English and the one that stands for it in another language; of functions, what they give for samples. */
export interface WordPair {
  readonly key: string;
  readonly english: string;
  readonly other: string;
  /** What was given to a function; empty for plain texts. */
  readonly samples: readonly unknown[];
}

type Words = (...params: never) => unknown;

/** Every text of two languages side by side. Throws where a key is missing or a sample does not fit. */
export function wordPairs(english: unknown, other: unknown, key = ''): readonly WordPair[] {
  if (typeof english === 'string') return [{ key, english, other: String(other), samples: [] }];
  if (isWords(english)) return calledPairs(english, other, key);
  if (typeof english !== 'object' || english === null || english instanceof RegExp) return [];
  if (typeof other !== 'object' || other === null) throw new Error(`${key} is missing`);
  return Object.keys(english).flatMap((name) => {
    if (!(name in other)) throw new Error(`${key}.${name} is missing`);
    const [one, two] = [Reflect.get(english, name), Reflect.get(other, name)];
    return wordPairs(one, two, key === '' ? name : `${key}.${name}`);
  });
}

function isWords(value: unknown): value is Words {
  return typeof value === 'function';
}

function calledPairs(english: Words, other: unknown, key: string): readonly WordPair[] {
  if (!isWords(other)) throw new Error(`${key} is no function`);
  if (other.length > english.length) throw new Error(`${key} takes other parameters`);
  const fitting = (ownSamples[key] ?? sampleLists(english.length))
    .map((samples) => ({ samples, said: textOf(english, samples) }))
    .filter(({ said }) => said !== undefined)
    .slice(0, 12);
  if (fitting.length === 0 && ownSamples[key] === undefined)
    throw new Error(`${key}: no sample fits it`);
  return fitting.map(({ samples, said }) => ({
    key,
    english: said ?? '',
    other: textOf(other, samples) ?? '(nothing)',
    samples,
  }));
}

/** Undefined: it can't be called with these. */
function textOf(words: Words, samples: readonly unknown[]): string | undefined {
  try {
    const said: unknown = Reflect.apply(words, undefined, samples);
    const text = typeof said === 'string' ? said : JSON.stringify(said);
    return /undefined|NaN|\[object|Invalid/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Of functions that take only certain words. */
const ownSamples: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'plan.sample': [
    ['new', '<1>', '<2>', '<3>'],
    ['changed', '<1>', '<2>', '<3>'],
    ['deleted', '<1>', '<2>', '<3>'],
  ],
  'support.isYes': [],
};

/** Each value once in a list, so that it can be found again in what was said. */
const kinds: readonly ((place: number) => unknown)[] = [
  (place) => 21 + place * 2,
  (place) => `<${place}>`,
  (place) => [1, 2, 3, 4, 5].map((at) => `<${place}${at}>`),
  () => 1,
  () => undefined,
  () => ({ enabled: true, writeOnly: false, recoveryKey: '<key>' }),
];

/** All mixtures for few parameters; for many, of the plainest kinds only. */
function sampleLists(count: number): readonly (readonly unknown[])[] {
  const usable = count <= 2 ? kinds : count <= 4 ? kinds.slice(0, 5) : kinds.slice(0, 2);
  let lists: readonly (readonly unknown[])[] = [[]];
  for (let place = 0; place < count; place++) {
    lists = lists.flatMap((list) => usable.map((kind) => [...list, kind(place)]));
  }
  return lists;
}
