import type { Tone } from '../../../theme/theme.ts';

/** One thing that a plan says. With a `label` it stands behind that, else in a list. */
export interface Fact {
  readonly text: string;
  readonly tone: Tone;
  readonly label?: string;
  /** In front of it: "-", "!", "1."; absent: none. */
  readonly sign?: string;
  /** How far in it stands. */
  readonly depth: number;
}

export interface FactGroup {
  readonly title?: string;
  readonly tone?: Tone;
  readonly facts: readonly Fact[];
}

export function fact(text: string, tone: Tone = 'plain', depth = 0): Fact {
  return { text, tone, depth };
}

export function labelledFact(label: string, text: string, tone: Tone = 'plain'): Fact {
  return { text, tone, label, depth: 0 };
}

export function signed(sign: string, text: string, tone: Tone = 'plain', depth = 0): Fact {
  return { text, tone, sign, depth };
}
