import { makeRecoveryKey } from '../../host/make-recovery-key.ts';
import { keyTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf } from '../read-arguments.ts';
import { checked } from './check.ts';

/** Makes a recovery key and shows its secret half, once. On a terminal it is typed back at once. */
export const keyCreateCommand = defineCommand('key.create', {
  cli: ['key', 'create'],
  args: [{ name: 'replace', kind: 'flag' }],
  when: 'configured',
  danger: 'none',
  examples: ['kedge key create', 'kedge key create --json'],
  async run(context, args) {
    const { secret, recoveryKey } = await makeRecoveryKey();
    context.show(keyTexts.created(secret, recoveryKey));
    const typed = await context.askSecret(keyTexts.ask.typeBack, 'terminal');
    if (typed === undefined || typed.trim() === '') {
      return {
        kind: 'data',
        data: { secretKey: secret, recoveryKey },
        lines: [keyTexts.notEnabled],
      };
    }
    return await checked(context, typed, flagOf(args, 'replace'));
  },
});
