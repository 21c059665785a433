import { type KeyStatus, keyCheck, keyStatus } from '../../../protocol/methods/key.ts';
import { keyTexts } from '../../texts/texts.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf } from '../read-arguments.ts';
import { askRecoveryKey } from '../secrets.ts';
import { fields } from '../table.ts';

/** Asks for the secret half of the recovery key and has it open an archive; that enables encryption. */
export const keyCheckCommand = defineCommand('key.check', {
  cli: ['key', 'check'],
  args: [{ name: 'replace', kind: 'flag' }],
  when: 'configured',
  danger: 'none',
  examples: ['kedge key check', 'kedge key check --replace'],
  async run(context, args) {
    return await checked(
      context,
      await askRecoveryKey(context, 'recovery key'),
      flagOf(args, 'replace'),
    );
  },
});

export async function checked(context: CommandContext, recoveryKey: string, replace: boolean) {
  const before = await context.call(keyStatus, {}, context.signal);
  const order = { secrets: { recoveryKey }, ...(replace ? { replace } : {}) };
  const data: KeyStatus = await context.call(keyCheck, order, context.signal);
  const words = before.enabled ? keyTexts.stillEnabled : keyTexts.enabled;
  return { kind: 'data', data, lines: [words, ...fields(keyTexts.status(data))] } as const;
}
