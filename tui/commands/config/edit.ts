import { basename } from 'node:path';
import { configGet, configSet, configValidate } from '../../../protocol/methods/config.ts';
import { reportTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { refuseProblems } from './check.ts';

/** Saves only against the revision that was read: what somebody else wrote meanwhile stays. */
export const configEditCommand = defineCommand('config.edit', {
  cli: ['config', 'edit'],
  args: [],
  when: 'connected',
  danger: 'none',
  examples: ['kedge config edit'],
  async run(context) {
    const { path, text, revision } = await context.call(configGet, {}, context.signal);
    const edited = await context.editText(text, basename(path));
    if (edited === undefined || edited === text) {
      const data = { path, revision, changed: false };
      return { kind: 'data', data, lines: [reportTexts.done.configUnchanged] };
    }
    const { problems } = await context.call(configValidate, { text: edited }, context.signal);
    refuseProblems(path, problems);
    const saved = await context.call(configSet, { text: edited, revision }, context.signal);
    const data = { path, ...saved, changed: true };
    return { kind: 'data', data, lines: [reportTexts.done.configSaved(path)] };
  },
});
