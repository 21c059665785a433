import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { RecoverPlan } from '../../../protocol/domain/recover.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { recoverPlan, recoverRun } from '../../../protocol/methods/setup.ts';
import type { Daemon } from '../daemon.ts';
import { serveRecovery } from '../recover-empty.ts';
import { handle } from './handler.ts';

export const recoverHandlers = [
  handle(recoverPlan, async (daemon, { order, secrets }) => {
    await refuseConfigured(daemon);
    const [first = ''] = order.paths;
    const asked = {
      kind: 'plan',
      title: `plan of recovering from ${basename(first)}`,
      command: `kedge recover '${first}' --plan`,
      origin: 'manual',
      order: { kind: 'recover-plan', order, configPath: daemon.configFile.path },
    } as const;
    return { job: daemon.jobs.submit(asked, { secrets }).id };
  }),
  handle(recoverRun, async (daemon, { planJob, confirmation, secrets }) => {
    await refuseConfigured(daemon);
    const plan = planOf(daemon, planJob);
    const order = {
      kind: 'recover',
      plan,
      ...(confirmation === undefined ? {} : { confirmation }),
      undoId: randomUUID(),
    } as const;
    serveRecovery(daemon, order);
    const asked = {
      kind: 'recover',
      title: `recovery of ${plan.application.name} from ${basename(plan.backup.path)}`,
      command: `kedge recover '${plan.backup.path}'`,
      origin: 'manual',
      order,
    } as const;
    return { job: daemon.jobs.submit(asked, { secrets }).id };
  }),
];

function planOf(daemon: Daemon, id: number): RecoverPlan {
  const state = daemon.state.jobs.get(id)?.job.state;
  if (state?.kind === 'done' && state.result.kind === 'recover-plan') {
    const { plan } = state.result;
    if (plan.obstacles.length === 0) return plan;
    throw new KedgeError('restore-refused', { why: plan.obstacles.join('; ') });
  }
  throw new KedgeError('not-found', { what: 'plan of a recovery', id, list: 'job' });
}

/** A machine has one application; onto one that is protected here its own backups are restored. */
async function refuseConfigured(daemon: Daemon): Promise<void> {
  await daemon.configFile.reload();
  const { inForce, onDisk, path } = daemon.configFile;
  const name = inForce()?.application.name;
  if (name === undefined && onDisk().text.trim() === '') return;
  const what = name === undefined ? 'a configuration' : `the configuration of "${name}"`;
  const why = `${what} is in "${path}" already; restore with "kedge restore run FILE", or recover with another KEDGE_HOME`;
  throw new KedgeError('restore-refused', { why });
}
