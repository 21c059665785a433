import type { Secrets } from '../../protocol/domain/secrets.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { keyTexts } from '../texts/texts.ts';
import type { Arguments, CommandContext } from './command.ts';
import { flagOf } from './read-arguments.ts';

/** Flags of commands that open a backup. What opens it is asked for, never an argument: those are in `ps`. */
export const secretArguments = [
  { name: 'passphrase', kind: 'flag' },
  { name: 'recovery-key', kind: 'flag' },
] as const;

/** What was given to open a backup, as a request takes it. */
export async function givenSecrets(
  context: CommandContext,
  args: Arguments,
): Promise<{ readonly secrets?: Secrets }> {
  const passphrase = flagOf(args, 'passphrase')
    ? await asked(context, '--passphrase', keyTexts.ask.passphrase)
    : undefined;
  const recoveryKey = flagOf(args, 'recovery-key') ? await askRecoveryKey(context) : undefined;
  if (passphrase === undefined && recoveryKey === undefined) return {};
  const secrets = {
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(recoveryKey === undefined ? {} : { recoveryKey }),
  };
  return { secrets };
}

/** The first line that is no comment, so that a key file can be piped in. */
export async function askRecoveryKey(
  context: CommandContext,
  what = '--recovery-key',
): Promise<string> {
  for (;;) {
    const line = await asked(context, what, keyTexts.ask.recoveryKey);
    if (!line.trimStart().startsWith('#')) return line;
  }
}

/** A passphrase for a new backup; on a terminal twice, as nobody sees what is typed. */
export async function newPassphrase(context: CommandContext): Promise<string> {
  const first = await asked(context, '--passphrase', keyTexts.ask.newPassphrase);
  if ([...first].length < shortest) throw refused(keyTexts.tooShort(shortest));
  const again = await context.askSecret(keyTexts.ask.again, 'terminal');
  if (again !== undefined && again !== first) throw refused(keyTexts.differ);
  return first;
}

const shortest = 8;

async function asked(context: CommandContext, what: string, question: string): Promise<string> {
  const answer = await context.askSecret(question);
  if (answer !== undefined && answer.trim() !== '') return answer;
  throw new KedgeError('bad-argument', { what, problem: keyTexts.missing });
}

function refused(problem: string): KedgeError {
  return new KedgeError('bad-argument', { what: '--passphrase', problem });
}
