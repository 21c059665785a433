import { nextLink, type Patience } from './call.ts';
import type { Gate } from './gate.ts';
import type { Link } from './link.ts';
import { ConnectionLost } from './unreachable.ts';

/**
 * Acts on a connection, and again from the start on the next one whenever it is lost under it. A connection
 * that stays away too long is thrown as kedge-unreachable.
 */
export type OverLinks = <T>(
  act: (link: Link, signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
) => Promise<T>;

export function createOverLinks(
  gate: Gate<Link>,
  patience: Patience,
  closed: AbortSignal,
): OverLinks {
  return async (act, signal) => {
    const until = AbortSignal.any([closed, signal]);
    let link = await gate.pass(false, until);
    for (;;) {
      try {
        return await act(link, until);
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        link = await nextLink(gate, patience, error, until);
      }
    }
  };
}
