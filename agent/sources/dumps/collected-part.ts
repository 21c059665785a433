import type { PartCheck } from '../content-check.ts';

/** A part of which nothing is asked. */
export const ignoredPart: PartCheck = { write: () => undefined, end: () => undefined };

/** The beginning of a part, up to so many bytes. */
export function collectedPart(atMost: number, use: (bytes: Buffer) => void): PartCheck {
  const parts: Buffer[] = [];
  let length = 0;
  return {
    write(bytes) {
      if (length >= atMost) return;
      parts.push(Buffer.from(bytes.subarray(0, atMost - length)));
      length += bytes.length;
    },
    end: () => use(Buffer.concat(parts)),
  };
}
