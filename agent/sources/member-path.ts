import { KedgeError } from '../../protocol/failures.ts';

/**
 * The path of a member below the member `root`, or a refusal: names come from an archive, which may be
 * hostile. The empty path is the root itself.
 */
export function pathBelow(name: Buffer, root: string): Buffer {
  const prefix = Buffer.from(`${root}/`);
  const bare = name.at(-1) === 0x2f ? name.subarray(0, -1) : name;
  if (bare.equals(prefix.subarray(0, -1))) return Buffer.alloc(0);
  const relative = bare.subarray(prefix.length);
  const parts = relative.toString('latin1').split('/');
  if (!bare.subarray(0, prefix.length).equals(prefix) || !parts.every(isPlainName)) {
    throw unsafe(name, 'its name leads out of the source');
  }
  return relative;
}

export function unsafe(name: Buffer, problem: string): KedgeError {
  return new KedgeError('archive-damaged', {
    path: name.toString(),
    problem: `${problem}${refused}`,
  });
}

const refused = ', so nothing of it is restored';

/** Whether it was thrown because of a name, not of a content. */
export function isUnsafe(error: unknown): error is KedgeError {
  return error instanceof KedgeError && String(error.failure.params['problem']).endsWith(refused);
}

function isPlainName(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !part.includes('\0');
}
