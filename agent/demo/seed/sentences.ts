import type { Random } from './random.ts';

/** A part of a sentence: fixed text, a number from a range, or one of some phrases. */
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly low: number; readonly high: number }
  | { readonly kind: 'choice'; readonly phrases: readonly [Sentence, ...Sentence[]] };

export type Sentence = readonly Part[];

/** `{60-90}` stands for a number, `{left|right}` for one of the phrases, which may hold braces themselves. */
export function parseSentence(template: string): Sentence {
  return splitAtBraces(template).map((piece, index) =>
    // Fixed text and braced pieces take turns.
    index % 2 === 0 ? { kind: 'text', text: piece } : parseBraced(piece),
  );
}

function parseBraced(piece: string): Part {
  const range = /^(\d+)-(\d+)$/.exec(piece);
  if (range !== null) return { kind: 'number', low: Number(range[1]), high: Number(range[2]) };
  const [first = '', ...others] = phrasesOf(piece);
  return { kind: 'choice', phrases: [parseSentence(first), ...others.map(parseSentence)] };
}

/** Cuts a text at its outermost braces, which are left out. */
function splitAtBraces(text: string): string[] {
  const pieces = [''];
  let depth = 0;
  for (const letter of text) {
    const before = depth;
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    if ((before === 0 && depth === 1) || (before === 1 && depth === 0)) pieces.push('');
    else pieces.push((pieces.pop() ?? '') + letter);
  }
  return pieces;
}

/** Cuts a text at the bars that lie outside of any brace. */
function phrasesOf(text: string): string[] {
  const phrases = [''];
  splitAtBraces(text).forEach((piece, index) => {
    const last = phrases.pop() ?? '';
    if (index % 2 === 1) phrases.push(`${last}{${piece}}`);
    else {
      const [first = '', ...others] = piece.split('|');
      phrases.push(last + first, ...others);
    }
  });
  return phrases;
}

export function speak(sentence: Sentence, random: Random): string {
  let text = '';
  for (const part of sentence) text += speakPart(part, random);
  return text;
}

function speakPart(part: Part, random: Random): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'number':
      return String(random.between(part.low, part.high));
    case 'choice':
      return speak(random.pick(part.phrases), random);
    default:
      return part satisfies never;
  }
}
