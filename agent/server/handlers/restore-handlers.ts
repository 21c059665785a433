import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { AskedMoment, RestorePlan } from '../../../protocol/domain/restore.ts';
import { isExchange } from '../../../protocol/domain/restore-order.ts';
import type { Secrets } from '../../../protocol/domain/secrets.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { BackupReference } from '../../../protocol/methods/backup.ts';
import { restorePlan, restoreRun } from '../../../protocol/methods/restore.ts';
import { choiceWords } from '../../restore/choice-words.ts';
import { askedWords } from '../../restore/modes/asked-words.ts';
import { restoreTitle } from '../../restore/modes/title.ts';
import { refuseWithoutConsent } from '../../restore/safety-backup.ts';
import type { SafetyOrder } from '../../restore/safety-order.ts';
import { chooseMoment } from '../choose-moment.ts';
import { chooseSafety } from '../choose-safety.ts';
import type { Daemon } from '../daemon.ts';
import { knownDowntime } from '../known-downtime.ts';
import { refuseAway } from '../refuse-away.ts';
import { handle } from './handler.ts';

export const restoreHandlers = [
  handle(restorePlan, async (daemon, { mode, parts, choices, secrets, ...wanted }) => {
    const { backup, shown, asked: moment } = await planned(daemon, wanted, secrets);
    const isWhole = (mode?.kind ?? 'replace') === 'replace' && (parts?.length ?? 0) === 0;
    const asked = {
      kind: 'plan',
      title: `plan of restoring ${basename(backup.path)}`,
      command: `kedge restore plan ${shown}${askedWords({ mode, parts })}${choiceWords(choices)}`,
      origin: 'manual',
      order: {
        kind: 'plan',
        planId: randomUUID(),
        backup,
        mode,
        parts,
        choices,
        safety: isExchange(mode) ? await chooseSafety(daemon, choices) : undefined,
        asked: moment,
        downtime: isWhole ? knownDowntime(daemon) : undefined,
      },
    } as const;
    const job = daemon.jobs.submit(asked, { secrets });
    return { job: job.id };
  }),
  handle(restoreRun, async (daemon, { plan: id, confirmation, consents, secrets }) => {
    const plan = daemon.state.plan(id);
    if (plan === undefined) throw new KedgeError('not-found', { what: 'plan', id, list: 'job' });
    if (isExchange(plan.mode)) checkConfirmation(daemon, confirmation);
    const [obstacle] = plan.obstacles;
    if (obstacle !== undefined) throw new KedgeError('restore-refused', { why: obstacle });
    refuseWithoutConsent(plan, consents ?? []);
    const safety = await safetyFor(daemon, plan);
    const asked = {
      kind: 'restore',
      title: restoreTitle(plan),
      command: `kedge restore run ${plan.backup.id.slice(0, 8)}${askedWords(plan)}${choiceWords(plan.choices)}`,
      origin: 'manual',
      order: { kind: 'restore', plan, confirmation, consents, undoId: randomUUID(), safety },
    } as const;
    const job = daemon.jobs.submit(asked, { secrets });
    return { job: job.id };
  }),
];

/** By name or path, or the newest good one at or before a moment. */
async function planned(
  daemon: Daemon,
  { backup: reference, atMs }: { backup?: BackupReference | undefined; atMs?: number | undefined },
  secrets: Secrets | undefined,
): Promise<{ backup: Backup; shown: string; asked?: AskedMoment }> {
  if (reference === undefined && atMs !== undefined) {
    const chosen = await chooseMoment(daemon.backups, daemon.config().application.id, atMs);
    return { ...chosen, shown: `--at ${new Date(atMs).toISOString()}` };
  }
  if (reference === undefined || atMs !== undefined) {
    const problem = 'name either a backup or a moment';
    throw new KedgeError('bad-argument', { what: 'what to restore', problem });
  }
  const backup = await refuseAway(await daemon.backups.resolve(reference, secrets));
  const shown = reference.kind === 'path' ? `'${reference.path}'` : backup.id.slice(0, 8);
  return { backup, shown };
}

/** Chosen anew: the full that the plan was made against may have gone since. */
async function safetyFor(daemon: Daemon, plan: RestorePlan): Promise<SafetyOrder | undefined> {
  if (plan.safety?.kind !== 'taken') return undefined;
  const safety = await chooseSafety(daemon, plan.choices);
  if (safety.kind === 'nowhere') throw new KedgeError('safety-failed', { why: safety.why });
  return safety;
}

export function checkConfirmation(daemon: Daemon, typed: string): void {
  const expected = daemon.config().application.name;
  if (typed !== expected) throw new KedgeError('confirmation-wrong', { typed, expected });
}
