import type { Random } from '../../../agent/demo/seed/random.ts';

const syllables = [
  ...['ba', 'de', 'ki', 'lo', 'mu', 'ra', 'sen', 'tor', 'vi', 'zan', 'pra', 'ne', 'gul', 'mer'],
  ...['che', 'fas', 'ol', 'ti', 'bur', 'ent', 'is', 'ka', 'wo', 'lin', 'dur', 'sa', 'xe', 'ho'],
] as const;

const vocabularySize = 6_000;
/** A power of two: the lower bits of a random number choose an entry. */
const tableSize = 1 << 16;
/** How much more often the frequent words come than the rare ones. */
const skew = 4;

/**
 * Text that compresses about as records of an office do: words of a fixed vocabulary, some far more
 * often than others, and numbers between them.
 */
export function createWriter(random: Random): (words: number) => string {
  const table = makeTable(random);
  return (words) => {
    let text = '';
    for (let word = 0; word < words; word += 1)
      text += table[random.bits() & (tableSize - 1)] ?? '';
    return text;
  };
}

/** Each word stands in it as often as it comes. */
function makeTable(random: Random): readonly string[] {
  const vocabulary = makeVocabulary(random);
  return Array.from({ length: tableSize }, (_, entry) =>
    entry % 40 === 0
      ? `${random.between(1, 9_999)} `
      : `${vocabulary[Math.floor(vocabularySize * (entry / tableSize) ** skew)] ?? ''} `,
  );
}

function makeVocabulary(random: Random): readonly string[] {
  return Array.from({ length: vocabularySize }, () =>
    Array.from({ length: random.between(1, 4) }, () => random.pick(syllables)).join(''),
  );
}
