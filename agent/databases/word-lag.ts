/** How a server that copies another one stands to it. */
export interface Lag {
  /** "standby", "replica". */
  readonly what: string;
  /** "primary". */
  readonly of: string;
  /** Whether it takes changes at the moment. */
  readonly isFed: boolean;
  /** Undefined: the server can't tell. */
  readonly seconds: number | undefined;
}

/** Follows a version: `, a standby 12 s behind its primary,`. */
export function wordLag({ what, of, isFed, seconds }: Lag): string {
  const isBehind = seconds !== undefined && seconds >= 1;
  if (!isFed) {
    const since = isBehind ? ` since ${seconds} s` : '';
    return `, a ${what} that takes no changes from its ${of}${since},`;
  }
  return isBehind
    ? `, a ${what} ${seconds} s behind its ${of},`
    : `, a ${what} up to date with its ${of},`;
}

/** Of one that is copied: `, with 2 standbys, at most 3 s behind,`. */
export function wordCopies(what: string, count: number, seconds: number): string {
  if (count === 0) return '';
  const many = count === 1 ? `1 ${what}` : `${count} ${what}s`;
  if (seconds < 1) return `, with ${many} up to date,`;
  return `, with ${many}${count === 1 ? '' : ', at most'} ${seconds} s behind,`;
}
