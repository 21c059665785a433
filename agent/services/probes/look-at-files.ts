import { once } from 'node:events';

/** Looks that were given up and have not come back. Node has four threads for files, for everybody. */
let hanging = 0;
const mayHang = 2;

/**
 * A look at files within a deadline. A file system that does not answer keeps its thread for as long as it
 * likes, so once two hang, no other is begun: Kedge itself could write nothing any more.
 */
export async function lookAtFiles<T>(
  look: () => Promise<T>,
  seconds: number,
  signal: AbortSignal,
): Promise<T | LateLook> {
  signal.throwIfAborted();
  if (hanging >= mayHang) return { late: 'was not asked, as other looks at files hang' };
  const ended = new AbortController();
  const deadline = AbortSignal.timeout(seconds * 1000);
  const given = AbortSignal.any([signal, deadline, ended.signal]);
  const looked = look();
  const inTime = looked.then((found) => ({ found }));
  const gaveUp = once(given, 'abort').then(() => undefined);
  const first = await Promise.race([inTime, gaveUp]).finally(() => ended.abort());
  if (first !== undefined) return first.found;
  hanging += 1;
  void looked.catch(() => undefined).finally(() => (hanging -= 1));
  signal.throwIfAborted();
  return { late: `did not answer within ${seconds} s` };
}

export interface LateLook {
  readonly late: string;
}
