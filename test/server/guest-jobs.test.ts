import { expect, test } from 'vitest';
import { demandForClear } from '../../agent/server/guest-jobs.ts';
import type { Job } from '../../protocol/domain/job.ts';
import { cannedJob } from '../support/canned-snapshot.ts';

const operator = { socket: '/run/kedge/operators.sock', role: 'operator' } as const;
const admin = { socket: '/run/kedge/kedge.sock', role: 'admin' } as const;
const at = (kind: Job['kind']) => ({ writing: () => cannedJob({ id: 7, kind }) });
const cancel = { by: 'cancel' } as const;

test('by a reset an operator cancels what operators start, and no restore of an admin', () => {
  const refused = /cancelling a restore/;
  expect(() => demandForClear(operator, cancel, at('restore'))).toThrow(refused);
  demandForClear(operator, { by: 'wait' }, at('restore'));
  demandForClear(operator, undefined, at('restore'));
  demandForClear(operator, cancel, at('backup'));
  demandForClear(admin, cancel, at('restore'));
});
