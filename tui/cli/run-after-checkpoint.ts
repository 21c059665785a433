import { basename } from 'node:path';
import type { Backup } from '../../protocol/domain/backup.ts';
import { restoreRunCommand } from '../commands/restore/run.ts';
import { checkpointTexts } from '../texts/english/checkpoint-texts.ts';
import { type Run, runCommand } from './run-command.ts';

/** Runs the command with the caller's terminal and answers with its status; where it fails, offers the way back. */
export async function runAfterCheckpoint(
  run: Run,
  backup: Backup,
  command: readonly string[],
): Promise<number> {
  const { terminal, output } = run;
  const [name, id] = [nameOf(backup), backup.id.slice(0, 8)];
  output.note(checkpointTexts.taken(name, id));
  const status = await runWithTerminal(run, command);
  if (status === 0) {
    output.note(checkpointTexts.jump(id));
    return status;
  }
  const how = status > 128 ? checkpointTexts.signal(status) : checkpointTexts.exit(status);
  output.note(checkpointTexts.commandFailed(how));
  const asks = terminal.stdinIsTty && terminal.stderrIsTty;
  const answer = asks ? await terminal.ask(checkpointTexts.ask(name), run.signal) : undefined;
  if (answer !== undefined && checkpointTexts.yes.test(answer)) await jumpBack(run, backup);
  else output.note(checkpointTexts.jump(id));
  return status;
}

/** Ctrl+C is meant for the command, which says by its end what became of it. */
async function runWithTerminal({ terminal }: Run, command: readonly string[]): Promise<number> {
  using _interrupts = terminal.onInterrupt(() => undefined);
  return await terminal.runProgram(command);
}

/** The command's status stays the answer: what becomes of the restore is said. */
async function jumpBack(run: Run, backup: Backup): Promise<void> {
  try {
    await runCommand(run, restoreRunCommand, { backup: backup.id });
  } catch (error) {
    run.output.failure(error);
    run.output.note(checkpointTexts.jump(backup.id.slice(0, 8)));
  }
}

function nameOf({ path }: Backup): string {
  return basename(path).replace(/\.tar\.zst(\.age)?$/, '');
}
