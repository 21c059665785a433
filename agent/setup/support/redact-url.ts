import { hiddenMark } from './hidden.ts';

export interface RedactedText {
  readonly shown: string;
  /** What was left out of it. */
  readonly hidden: readonly string[];
}

/** Words of this length may be tokens; shorter ones are names: "health", "fail". */
const tokenLength = 12;

/**
 * An address as far as it can be shown: never a user, a password, a query or a fragment. `path`: whether short words
 * of its path are shown, as of a probe; addresses of alarms are secrets as a whole.
 */
export function redactUrl(text: string, path: 'short-words' | 'hidden'): RedactedText {
  if (!URL.canParse(text)) return { shown: hiddenMark, hidden: [text] };
  const { protocol, host, pathname, search, hash, username, password } = new URL(text);
  const isPlain = username === '' && password === '' && search === '' && hash === '';
  const words = pathname.split('/').map((word) => wordOf(word, path));
  const shownPath = words.map(({ shown }) => shown).join('/');
  const hidden = words.flatMap((word) => word.hidden);
  const parameters = [...new URLSearchParams(search)].flat();
  const shown = `${protocol}//${host}${shownPath}${isPlain ? '' : ` ${hiddenMark}`}`;
  if (isPlain && hidden.length === 0) return { shown, hidden: [] };
  const rest = [username, password, search.slice(1), hash.slice(1), ...parameters];
  return { shown, hidden: [text, ...hidden, ...rest].filter((word) => word !== '') };
}

function wordOf(word: string, path: 'short-words' | 'hidden'): RedactedText {
  const isName = path === 'short-words' && word.length < tokenLength && /^[\w.-]*$/.test(word);
  return word === '' || isName
    ? { shown: word, hidden: [] }
    : { shown: hiddenMark, hidden: [word] };
}
