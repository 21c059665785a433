import { type Failure, fillWords, wordFailure as wordInEnglish } from '../../protocol/failures.ts';
import type { FailureText, Language } from './language.ts';

let translated: Language['failures'] = {};

/** Words for a failure in the language that is spoken now; what it has no words for is said in English. */
export function wordFailure(failure: Failure): FailureText {
  const words = translated[failure.code];
  return words === undefined ? wordInEnglish(failure) : fillWords(words, failure.params);
}

/** Only for the one that changes the language. */
export function setFailureWords(next: Language['failures']): void {
  translated = next;
}
