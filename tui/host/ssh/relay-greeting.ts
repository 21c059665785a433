/** What the relay at the far end says first, on a line of its own: what a login shell prints comes before it. */
export const relayGreeting = 'kedge-relay 1';

const greeting = /(?:^|\n)kedge-relay (\d+)\r?\n/;

/** The greeting in what has come so far, and where the bytes behind it begin; undefined: not yet. */
export function findGreeting(bytes: Buffer): { version: number; end: number } | undefined {
  // One byte a character, so that places in the text are places in the bytes.
  const found = greeting.exec(bytes.toString('latin1'));
  if (found === null) return undefined;
  return { version: Number(found[1]), end: found.index + found[0].length };
}
