import type { Backup } from '../../protocol/domain/backup.ts';
import { isGood } from '../../protocol/domain/backup.ts';
import type { Job } from '../../protocol/domain/job.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { backupShow } from '../../protocol/methods/backup.ts';
import { orderCheckpoint } from '../commands/checkpoint/create.ts';
import type { Arguments } from '../commands/command.ts';
import { listOf } from '../commands/read-arguments.ts';
import { backupLines } from '../commands/report/backup-lines.ts';
import { verifyJobOf } from '../commands/verify-job-of.ts';
import { checkpointTexts } from '../texts/english/checkpoint-texts.ts';
import { jobExitCode } from './job-exit.ts';
import { runAfterCheckpoint } from './run-after-checkpoint.ts';
import { contextOf, follow, type Run, reportBadEnd } from './run-command.ts';

/** What the checkpoint came to: `code` 0 or 3 (files are missing in it) is one to come back to. */
export interface TakenCheckpoint {
  readonly code: number;
  readonly backup: Backup;
}

/** Takes a checkpoint, waits until it is verified, and runs the command that follows it. */
export async function runCheckpoint(run: Run, args: Arguments): Promise<number> {
  const command = listOf(args, 'command');
  const has = command.length > 0;
  if (has) refuseOptions(run);
  const job = await follow(run, await orderCheckpoint(contextOf(run), args));
  const taken = await settle(run, job, has);
  if (taken === undefined || !isGood(taken.backup)) {
    if (has) run.output.note(checkpointTexts.notRun);
    return taken === undefined ? jobExitCode(job) : Math.max(taken.code, badCode(taken.backup));
  }
  return has ? await runAfterCheckpoint(run, taken.backup, command) : taken.code;
}

function refuseOptions({ globals }: Run): void {
  const { noJson, noDetach } = checkpointTexts;
  if (globals.json) throw new KedgeError('bad-argument', { what: '--json', problem: noJson });
  if (!globals.wait) throw new KedgeError('bad-argument', { what: '--detach', problem: noDetach });
}

/** The checkpoint after its verification; undefined: there is none. Says what it came to. */
async function settle(
  run: Run,
  job: Job,
  beforeCommand: boolean,
): Promise<TakenCheckpoint | undefined> {
  if (job.state.kind !== 'done' || job.state.result.kind !== 'backup') {
    reportBadEnd(run, job);
    return undefined;
  }
  const { backup, note } = job.state.result;
  if (note !== undefined) run.output.note(note);
  // Where no key that opens it stays here it was verified while it was made.
  const isSealed = backup.proof.kind === 'sealed';
  const verified = isSealed ? await verification(run, job, backup) : undefined;
  const reference = { kind: 'id', id: backup.id } as const;
  const { backup: now } = await run.session.call(backupShow, { backup: reference }, run.signal);
  const code = verified === undefined ? 0 : jobExitCode(verified);
  tell(run, { backup: now, job, verify: verified }, beforeCommand);
  return { code: code === 0 ? jobExitCode(job) : code, backup: now };
}

async function verification(run: Run, job: Job, backup: Backup): Promise<Job> {
  return await follow(run, await verifyJobOf(contextOf(run), backup.id, job.id));
}

interface Told {
  readonly backup: Backup;
  readonly job: Job;
  readonly verify: Job | undefined;
}

/** The standard output belongs to the command, where one follows. */
function tell(run: Run, { backup, job, verify }: Told, beforeCommand: boolean): void {
  if (verify !== undefined && verify.state.kind !== 'done') {
    reportBadEnd(run, verify);
    return;
  }
  const lines = backupLines(backup, Date.now());
  if (!beforeCommand) {
    const data = { checkpoint: backup, job, ...(verify === undefined ? {} : { verify }) };
    const { jump, pinned } = checkpointTexts;
    run.output.result(data, [...lines, pinned, jump(backup.id.slice(0, 8))]);
  } else if (!isGood(backup) || backup.gaps.length > 0) {
    for (const line of lines) run.output.note(line);
  }
}

function badCode(backup: Backup): number {
  return backup.gaps.some(({ kind }) => kind === 'source') ? 3 : 8;
}
