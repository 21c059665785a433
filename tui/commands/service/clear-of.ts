import { KedgeError } from '../../../protocol/failures.ts';
import type { WayClear } from '../../../protocol/methods/service.ts';
import type { Arguments } from '../command.ts';
import { flagOf } from '../read-arguments.ts';

/** What becomes of a job at work that is in the way. */
export const clearFlags = [
  { name: 'cancel-job', kind: 'flag' },
  { name: 'wait-job', kind: 'flag' },
] as const;

/** `met`: the job that the window told of. */
export function clearOf(args: Arguments): { clear?: WayClear } {
  const [cancel, wait] = ['cancel-job', 'wait-job'].map((flag) => flagOf(args, flag));
  if (cancel === true && wait === true)
    throw new KedgeError('bad-argument', { what: '--wait-job', problem: 'not with --cancel-job' });
  if (cancel !== true && wait !== true) return {};
  const job = args['met'];
  return {
    clear: {
      by: cancel === true ? 'cancel' : 'wait',
      ...(typeof job === 'number' ? { job } : {}),
    },
  };
}
