import { schedulePause, scheduleRun, scheduleSet } from '../../../protocol/methods/schedule.ts';
import { reportTexts } from '../../texts/texts.ts';
import type { Argument, Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { requiredText, textOf } from '../read-arguments.ts';

const schedule: Omit<Argument, 'description'> = {
  name: 'schedule',
  kind: 'schedule',
  positional: true,
  required: true,
};

export const scheduleRemoveCommand = defineCommand('schedule.remove', {
  cli: ['schedule', 'remove'],
  args: [schedule],
  when: 'hasSchedules',
  danger: 'confirm',
  examples: ['kedge schedule remove nightly'],
  async run(context, args) {
    const id = requiredText(args, 'schedule');
    const order = { schedule: id, settings: null };
    const data = await context.call(scheduleSet, order, context.signal);
    return { kind: 'data', data, lines: [reportTexts.done.scheduleRemoved(id)] };
  },
});

export const schedulePauseCommand = pauseCommand('schedule.pause', true);
export const scheduleResumeCommand = pauseCommand('schedule.resume', false);

export const scheduleRunCommand = defineCommand('schedule.run', {
  cli: ['schedule', 'run'],
  args: [schedule, { name: 'kind', kind: 'choice', choices: ['full', 'differential'] }],
  when: 'hasSchedules',
  danger: 'none',
  startsJob: true,
  examples: ['kedge schedule run nightly', 'kedge schedule run nightly --kind differential'],
  async run(context, args) {
    const kind = textOf(args, 'kind') === 'differential' ? 'differential' : 'full';
    const order = { schedule: requiredText(args, 'schedule'), kind } as const;
    const { job } = await context.call(scheduleRun, order, context.signal);
    return { kind: 'job', job };
  },
});

function pauseCommand(id: 'schedule.pause' | 'schedule.resume', paused: boolean): Command {
  const words = id.split('.');
  return defineCommand(id, {
    cli: words,
    args: [schedule],
    when: 'hasSchedules',
    danger: 'none',
    examples: [`kedge ${words.join(' ')} nightly`],
    async run(context, args) {
      const name = requiredText(args, 'schedule');
      const order = { schedule: name, paused };
      const data = await context.call(schedulePause, order, context.signal);
      const line = paused ? reportTexts.done.paused(name) : reportTexts.done.resumed(name);
      return { kind: 'data', data, lines: [line] };
    },
  });
}
