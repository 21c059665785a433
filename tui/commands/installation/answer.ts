import { installationAnswer } from '../../../protocol/methods/retention.ts';
import type { State } from '../../store/state.ts';
import { retentionTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';

export const installationMovedCommand = defineCommand('installation.moved', {
  cli: ['installation', 'moved'],
  args: [],
  danger: 'confirm',
  disabledReason: whyNot,
  examples: ['kedge installation moved'],
  async run(context) {
    const data = await context.call(installationAnswer, { answer: 'moved' }, context.signal);
    return { kind: 'data', data, lines: [retentionTexts.moved] };
  },
});

export const installationCopyCommand = defineCommand('installation.copy', {
  cli: ['installation', 'copy'],
  args: [],
  danger: 'confirm',
  disabledReason: whyNot,
  examples: ['kedge installation copy'],
  async run(context) {
    const data = await context.call(installationAnswer, { answer: 'copy' }, context.signal);
    return { kind: 'data', data, lines: [retentionTexts.copy] };
  },
});

/** It is found when Kedge starts, so the snapshot always knows. */
function whyNot({ snapshot }: State): string | undefined {
  return snapshot?.moved === undefined ? retentionTexts.notMoved : undefined;
}
