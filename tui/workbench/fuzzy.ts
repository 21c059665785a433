/**
 * How well a text matches what was typed: higher is better, undefined: not at all. All words must
 * occur; at the start of a word counts more than inside, together more than letters spread out.
 */
export function fuzzyScore(typed: string, text: string): number | undefined {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const target = text.toLowerCase();
  let score = 0;
  for (const word of words) {
    const found = scoreWord(word, target);
    if (found === undefined) return undefined;
    score += found;
  }
  return score;
}

function scoreWord(word: string, target: string): number | undefined {
  const place = target.indexOf(word);
  if (place >= 0) {
    const startsWord = place === 0 || /[\s:.\-/]/.test(target[place - 1] ?? '');
    return (startsWord ? 200 : 100) - Math.min(50, place);
  }
  return scoreLetters(word, target);
}

/** Letters in order with gaps; each gap costs. */
function scoreLetters(word: string, target: string): number | undefined {
  let at = -1;
  let gaps = 0;
  for (const letter of word) {
    const next = target.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    if (at >= 0 && next > at + 1) gaps++;
    at = next;
  }
  // More gaps than half the letters is chance, not meaning.
  return gaps > word.length / 2 ? undefined : 40 - gaps * 5;
}
