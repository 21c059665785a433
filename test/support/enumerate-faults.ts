import { setFaultHook } from '../../agent/os/faults.ts';
import { Crash } from './crash-at.ts';

/** What becomes of the k-th operation that changes the disk; a crash refuses all later ones too. */
export type Fault = 'EIO' | 'ENOSPC' | 'crash';

const causes = { EIO: 'i/o error', ENOSPC: 'no space left on device' } as const;

export interface Faulted {
  readonly where: string;
  /** What the flow threw; undefined: it got through all the same. */
  readonly error?: unknown;
}

/** Runs a flow with one fault; undefined: it was through before its k-th operation. */
export async function runWithFault(
  fault: Fault,
  k: number,
  flow: () => Promise<unknown>,
): Promise<Faulted | undefined> {
  let count = 0;
  let where: string | undefined;
  setFaultHook(({ name, path }) => {
    if (where !== undefined && fault === 'crash') throw new Crash(where);
    count += 1;
    if (count !== k) return;
    where = `${fault} at operation ${k}, ${name} ${path}`;
    throw fault === 'crash' ? new Crash(where) : systemError(fault, path);
  });
  try {
    const error = await flow().then(
      () => undefined,
      (thrown: unknown) => thrown ?? new Error('nothing was thrown'),
    );
    if (where !== undefined) return { where, error };
    if (error !== undefined) throw error;
    return undefined;
  } finally {
    setFaultHook(undefined);
  }
}

/** As Node throws it. */
function systemError(code: keyof typeof causes, path: string): Error {
  const error = new Error(`${code}: ${causes[code]}, write`);
  return Object.assign(error, { code, syscall: 'write', path });
}
