import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { JobResult } from '../../protocol/domain/job.ts';
import type { RestoreChoices } from '../../protocol/domain/restore-safety.ts';
import type { Secrets } from '../../protocol/domain/secrets.ts';
import { backupCreate, backupList } from '../../protocol/methods/backup.ts';
import { keyCheck } from '../../protocol/methods/key.ts';
import { restorePlan } from '../../protocol/methods/restore.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { recoveryKey } from './age-files.ts';
import type { Session } from './kedge.ts';

export const id = () => ({ requestId: randomUUID() });

export const secrets: Secrets = { recoveryKey: recoveryKey.secret };

export async function resultOf(
  session: Session,
  started: Promise<{ job: number }>,
): Promise<JobResult> {
  const { state } = await session.ended((await started).job);
  if (state.kind !== 'done') throw new Error(JSON.stringify(state));
  return state.result;
}

export async function failureOf(
  session: Session,
  started: Promise<{ job: number }>,
): Promise<string> {
  const { state } = await session.ended((await started).job);
  return state.kind === 'failed' ? state.failure.code : state.kind;
}

/** Takes one and waits until it is verified. */
export async function take(
  session: Session,
  more: { kind?: Backup['kind']; secrets?: Secrets } = {},
): Promise<Backup> {
  const result = await resultOf(session, session.call(backupCreate, { ...id(), ...more }));
  if (result.kind !== 'backup') throw new Error(result.kind);
  const proof = async () => {
    const { backups } = await session.call(backupList, { offset: 0, limit: 10 });
    return backups.find((backup) => backup.id === result.backup.id)?.proof.kind;
  };
  await expect.poll(proof, { timeout: 30_000 }).toBe('verified');
  return result.backup;
}

export async function enable(session: Session): Promise<void> {
  await session.call(keyCheck, { ...id(), secrets: { recoveryKey: recoveryKey.secret } });
}

export async function problemsOf(session: Session): Promise<readonly string[]> {
  const { problems } = await session.call(snapshotGet, {});
  return problems.map((problem) => problem.id);
}

export async function plan(
  session: Session,
  backup: Backup,
  given?: Secrets,
  choices?: RestoreChoices,
) {
  const reference = { kind: 'path', path: backup.path } as const;
  const order = { ...id(), backup: reference, choices, ...(given && { secrets: given }) };
  const result = await resultOf(session, session.call(restorePlan, order));
  if (result.kind !== 'plan') throw new Error(result.kind);
  return result.plan;
}
