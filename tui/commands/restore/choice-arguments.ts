import { consentsOf, type RestoreChoices } from '../../../protocol/domain/restore-safety.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { confirmationTexts } from '../../texts/texts.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { absolutePath, flagOf, listOf, textOf } from '../read-arguments.ts';

/** Where a restore puts what it needs room for, and what it goes without; of `restore plan` and `restore run`. */
export const choiceArguments = [
  { name: 'safety-to', kind: 'path', placeholder: 'FOLDER' },
  { name: 'staging', kind: 'path', placeholder: 'FOLDER' },
  { name: 'without-safety-backup', kind: 'flag' },
  { name: 'without-undo', kind: 'flag' },
] as const;

export const consentArgument = {
  name: 'consent',
  kind: 'text',
  many: true,
  placeholder: 'WORDS',
} as const;

export function askedChoices(args: Arguments): { choices?: RestoreChoices } {
  const [safetyTo, staging] = [textOf(args, 'safety-to'), textOf(args, 'staging')];
  const choices: RestoreChoices = {
    ...(safetyTo === undefined ? {} : { safetyTo: absolutePath(safetyTo) }),
    ...(staging === undefined ? {} : { staging: absolutePath(staging) }),
    ...(flagOf(args, 'without-safety-backup') ? { withoutSafetyBackup: true } : {}),
    ...(flagOf(args, 'without-undo') ? { withoutUndo: true } : {}),
  };
  return Object.keys(choices).length === 0 ? {} : { choices };
}

/** The words for what the restore goes without: from `consent`, or asked for, each. A plan of before needs them too. */
export async function typedConsents(
  context: CommandContext,
  args: Arguments,
): Promise<{ consents?: readonly string[] }> {
  const wanted = consentsOf(askedChoices(args).choices);
  const given = listOf(args, 'consent').map((text) => text.trim());
  for (const words of wanted.filter((each) => !given.includes(each))) {
    const typed = await context.ask(confirmationTexts.ask(words));
    if (typed?.trim() !== words) throw new KedgeError('consent-missing', { words });
  }
  const consents = [...new Set([...wanted, ...given])];
  return consents.length === 0 ? {} : { consents };
}
