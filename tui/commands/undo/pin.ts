import { undoPin } from '../../../protocol/methods/restore.ts';
import { undoTexts } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';
import { defineCommand } from '../define-command.ts';
import { chosenUndo } from './newest-undo.ts';

export const undoPinCommand = defineCommand('undo.pin', {
  cli: ['undo', 'pin'],
  args: [{ name: 'undo', kind: 'undo', positional: true }],
  when: 'hasUndos',
  danger: 'none',
  examples: ['kedge undo pin', 'kedge undo pin 0f3a9c1e'],
  async run(context, args) {
    const id = await chosenUndo(context, args);
    const { undo } = await context.call(undoPin, { undo: id, pinned: true }, context.signal);
    return { kind: 'data', data: undo, lines: [undoTexts.pinned(undo.title)] };
  },
});

export const undoUnpinCommand = defineCommand('undo.unpin', {
  cli: ['undo', 'unpin'],
  args: [{ name: 'undo', kind: 'undo', positional: true }],
  when: 'hasUndos',
  danger: 'none',
  examples: ['kedge undo unpin 0f3a9c1e'],
  async run(context, args) {
    const id = await chosenUndo(context, args);
    const { undo } = await context.call(undoPin, { undo: id, pinned: false }, context.signal);
    const lines = [undoTexts.unpinned(undo.title, formatMoment(undo.expiresAtMs))];
    return { kind: 'data', data: undo, lines };
  },
});
