import { type DiskOperation, setFaultHook } from '../../../agent/os/faults.ts';

/** Where an operation works: the staging and undo beside the live data, the live data, Kedge's own state. */
export type Disk = 'live' | 'staging' | 'state';
export const disks: readonly Disk[] = ['live', 'staging', 'state'];

/** `once`: one operation fails. `stays`: all that follow on this disk too, until the flow has ended. */
export interface DiskFault {
  readonly code: 'EIO' | 'ENOSPC';
  readonly lasts: 'once' | 'stays';
}

export const diskFaults: readonly DiskFault[] = [
  { code: 'EIO', lasts: 'once' },
  { code: 'EIO', lasts: 'stays' },
  { code: 'ENOSPC', lasts: 'stays' },
];

const words = { EIO: 'i/o error', ENOSPC: 'no space left on device' } as const;
/** What a full disk refuses; renames and removals it does. */
const growing: ReadonlySet<string> = new Set([
  'create',
  'write',
  'copy',
  'mkdir',
  'symlink',
  'link',
  'mkfifo',
  'sqlite copy',
  'copy database',
]);

/** Those at which it could fail, of the operations of a flow on that disk. */
export function couldFail({ code }: DiskFault, operation: DiskOperation): boolean {
  return code !== 'ENOSPC' || growing.has(operation.name);
}

export interface FaultedEnd {
  readonly where: string;
  readonly ended: 'through' | 'failed';
}

/** Runs a flow whose k-th operation on the disk fails, of those that may; undefined: it has fewer. */
export async function runOnFaultyDisk(
  order: {
    readonly fault: DiskFault;
    readonly k: number;
    readonly isOn: (operation: DiskOperation) => boolean;
  },
  flow: () => Promise<unknown>,
): Promise<FaultedEnd | undefined> {
  const { fault, k, isOn } = order;
  let count = 0;
  let where: string | undefined;
  setFaultHook((operation) => {
    if (!isOn(operation) || !couldFail(fault, operation)) return;
    count += 1;
    if (count < k || (count > k && fault.lasts === 'once')) return;
    where ??= `${fault.code} (${fault.lasts}) at ${k}, ${operation.name} ${operation.path}`;
    throw systemError(fault.code, operation.path);
  });
  try {
    await flow();
    return where === undefined ? undefined : { where, ended: 'through' };
  } catch (error) {
    if (where === undefined) throw error;
    return { where, ended: 'failed' };
  } finally {
    setFaultHook(undefined);
  }
}

/** As Node throws it. */
function systemError(code: DiskFault['code'], path: string): Error {
  const error = new Error(`${code}: ${words[code]}, write`);
  return Object.assign(error, { code, syscall: 'write', path });
}
