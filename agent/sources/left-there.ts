import type { ExchangeItem, LeftThere, WhereItStood } from './restore-kind.ts';

/** How an engine names things in SQL, and lets clients in again. */
interface LeftWords {
  /** "database", "schema". */
  readonly noun: string;
  /** What changed places, in words: `database "clinic"`. */
  readonly live: string;
  quoted(name: string): string;
  /** `DROP DATABASE IF EXISTS "name";` */
  drop(name: string): string;
  /** What a step that was begun may have left shut, in words and SQL. */
  readonly shut: { readonly words: string; readonly sql: readonly string[] };
}

/** Of engines that keep what was live under a name beside it; nothing is known but what the journal holds. */
export function leftThere(
  { incoming, outgoing }: Pick<ExchangeItem, 'incoming' | 'outgoing'>,
  { step, isUndo }: WhereItStood,
  { noun, live, quoted, drop, shut }: LeftWords,
): LeftThere | undefined {
  const coming = incoming === undefined ? undefined : quoted(incoming);
  const built =
    incoming === undefined || isUndo
      ? { words: [], sql: [] }
      : {
          words: [`The ${noun} ${coming} may be there: a copy that was built to take its place.`],
          sql: [drop(incoming)],
        };
  if (step === undefined) {
    const kept =
      coming === undefined ? [] : [`What was to come back is still the ${noun} ${coming}.`];
    const what = [`The ${live} was not touched.`, ...(isUndo ? kept : built.words)];
    return { what: what.join(' '), sql: built.sql };
  }
  const came = isUndo ? 'what the undo brought back' : 'what was restored';
  const known = `Whether the ${live} was exchanged is not known: if there is a ${noun} ${quoted(outgoing)}, that holds what was live before and the ${live} is ${came}; if not, it is as it was.`;
  const what = [known, ...(isUndo ? [] : built.words), shut.words].filter(Boolean);
  return { what: what.join(' '), sql: [...shut.sql, ...built.sql] };
}
