import { KedgeError } from '../../protocol/failures.ts';
import { confirmationTexts } from '../texts/texts.ts';
import type { Arguments, CommandContext } from './command.ts';
import { textOf } from './read-arguments.ts';

/** The application's name, which confirms a restore and an undo. */
export function applicationName(context: CommandContext): string {
  const application = context.store.get().snapshot?.application;
  if (application !== undefined) return application.name;
  throw new KedgeError('config-missing', { path: context.store.get().snapshot?.configPath ?? '' });
}

/** The typed confirmation: from `confirm`, or asked for. Anything else than `expected` is refused. */
export async function typedConfirmation(
  context: CommandContext,
  args: Arguments,
  expected: string,
): Promise<string> {
  const typed = textOf(args, 'confirm') ?? (await context.ask(confirmationTexts.ask(expected)));
  if (typed === undefined) {
    const problem = confirmationTexts.missing(expected);
    throw new KedgeError('bad-argument', { what: 'confirm', problem });
  }
  if (typed.trim() === expected) return expected;
  throw new KedgeError('confirmation-wrong', { typed, expected });
}
