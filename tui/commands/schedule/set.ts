import { schedulePreview, scheduleSet } from '../../../protocol/methods/schedule.ts';
import { reportTexts } from '../../texts/english/report-texts.ts';
import { formatMoment } from '../../texts/time.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, requiredText } from '../read-arguments.ts';
import { settingsFrom } from './settings-from.ts';

export const scheduleSetCommand = defineCommand('schedule.set', {
  cli: ['schedule', 'set'],
  args: [
    { name: 'schedule', kind: 'schedule', positional: true, required: true },
    { name: 'full', kind: 'text', placeholder: 'WHEN' },
    { name: 'cron', kind: 'text', placeholder: 'FIELDS' },
    { name: 'zone', kind: 'text', placeholder: 'ZONE' },
    { name: 'store', kind: 'store', placeholder: 'DESTINATION' },
    { name: 'delete-older-than', kind: 'text', placeholder: 'AGE' },
    { name: 'if-missed', kind: 'choice', choices: ['run', 'skip'] },
    { name: 'dry-run', kind: 'flag' },
  ],
  when: 'configured',
  danger: 'none',
  examples: [
    "kedge schedule set nightly --full 'daily 02:00' --delete-older-than '30 days'",
    "kedge schedule set weekly --full 'weekly sunday 03:00' --zone Europe/Berlin",
    "kedge schedule set workdays --cron '0 20 * * 1-5' --store local",
  ],
  async run(context, args) {
    const schedule = requiredText(args, 'schedule');
    const { settings, revision } = await settingsFrom(context, schedule, args);
    const preview = await context.call(schedulePreview, { settings }, context.signal);
    const next = preview.nextMs.map((ms) => `  ${formatMoment(ms)}`);
    const lines = [reportTexts.done.scheduleSet(schedule, preview.words), ...next];
    if (flagOf(args, 'dry-run')) return { kind: 'data', data: { settings, ...preview }, lines };
    const order = { schedule, settings, revision };
    const saved = await context.call(scheduleSet, order, context.signal);
    return { kind: 'data', data: { schedule, settings, ...preview, ...saved }, lines };
  },
});
