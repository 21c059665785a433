import { schedulePreview, scheduleSet } from '../../../protocol/methods/schedule.ts';
import { reportTexts } from '../../texts/texts.ts';
import type { Argument } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, requiredText } from '../read-arguments.ts';
import { comingLines, noteLines } from './run-lines.ts';
import { settingsFrom } from './settings-from.ts';

const settingsArguments: readonly Omit<Argument, 'description'>[] = [
  { name: 'schedule', kind: 'schedule', positional: true, required: true },
  { name: 'full', kind: 'text', placeholder: 'WHEN' },
  { name: 'cron', kind: 'text', placeholder: 'FIELDS' },
  { name: 'differential', kind: 'text', placeholder: 'WHEN' },
  { name: 'differential-cron', kind: 'text', placeholder: 'FIELDS' },
  { name: 'differential-to', kind: 'store', placeholder: 'DESTINATION' },
  { name: 'zone', kind: 'text', placeholder: 'ZONE' },
  { name: 'store', kind: 'store', placeholder: 'DESTINATION' },
  { name: 'copy-to', kind: 'store', placeholder: 'DESTINATION' },
  { name: 'not-between', kind: 'text', placeholder: 'HOURS' },
  { name: 'delete-older-than', kind: 'text', placeholder: 'AGE' },
  { name: 'keep', kind: 'text', placeholder: 'COUNTS' },
  { name: 'if-missed', kind: 'text', placeholder: 'run|skip|AGE' },
  { name: 'jitter', kind: 'text', placeholder: 'MINUTES' },
  { name: 'deadline', kind: 'text', placeholder: 'HOURS' },
  { name: 'retries', kind: 'text', placeholder: 'COUNT' },
];

export const scheduleSetCommand = defineCommand('schedule.set', {
  cli: ['schedule', 'set'],
  args: [...settingsArguments, { name: 'dry-run', kind: 'flag' }],
  when: 'configured',
  danger: 'none',
  examples: [
    "kedge schedule set nightly --full 'daily 02:00' --differential 'every 4 hours' --delete-older-than '30 days'",
    "kedge schedule set weekly --full 'weekly sunday 03:00' --zone Europe/Berlin --keep last=3,weekly=8",
    "kedge schedule set workdays --cron '0 20 * * 1-5' --store local --not-between '08:00-18:00 mon-fri'",
    'kedge schedule set nightly --differential none --copy-to usb',
  ],
  async run(context, args) {
    const schedule = requiredText(args, 'schedule');
    const { settings, revision } = await settingsFrom(context, schedule, args);
    const preview = await context.call(schedulePreview, { settings }, context.signal);
    const lines = [
      reportTexts.done.scheduleSet(schedule, preview.words),
      ...comingLines(preview, settings.zone),
      ...noteLines(preview.notes),
    ];
    if (flagOf(args, 'dry-run')) return { kind: 'data', data: { settings, ...preview }, lines };
    const order = { schedule, settings, revision };
    const saved = await context.call(scheduleSet, order, context.signal);
    return { kind: 'data', data: { schedule, settings, ...preview, ...saved }, lines };
  },
});

export const schedulePreviewCommand = defineCommand('schedule.preview', {
  cli: ['schedule', 'preview'],
  args: settingsArguments,
  when: 'configured',
  danger: 'none',
  reads: true,
  examples: [
    'kedge schedule preview nightly',
    "kedge schedule preview nightly --differential 'every 2 hours'",
  ],
  run: async (context, args) => await scheduleSetCommand.run(context, { ...args, 'dry-run': true }),
});
