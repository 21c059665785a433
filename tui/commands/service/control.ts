import { serviceRestart, serviceStart, serviceStop } from '../../../protocol/methods/service.ts';
import { reportTexts } from '../../texts/texts.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { requiredText } from '../read-arguments.ts';
import { clearFlags, clearOf } from './clear-of.ts';

export const serviceStartCommand = controlCommand('service.start', serviceStart);
export const serviceStopCommand = controlCommand('service.stop', serviceStop);
export const serviceRestartCommand = controlCommand('service.restart', serviceRestart);

/** All three take a service and answer with it. */
function controlCommand(
  id: 'service.start' | 'service.stop' | 'service.restart',
  method: typeof serviceStart,
): Command {
  const words = id.split('.');
  return defineCommand(id, {
    cli: words,
    args: [{ name: 'service', kind: 'service', positional: true, required: true }, ...clearFlags],
    when: 'hasServices',
    danger: id === 'service.start' ? 'none' : 'confirm',
    examples: [`kedge ${words.join(' ')} host`, `kedge ${words.join(' ')} host --wait-job`],
    async run(context, args) {
      const order = { service: requiredText(args, 'service'), ...clearOf(args) };
      const data = await context.call(method, order, context.signal);
      const { id: service, health, why } = data.service;
      const told = [reportTexts.done.service(service, health, why), ...startedFirst(data.first)];
      return { kind: 'data', data, lines: [told.join('; ')] };
    },
  });
}

function startedFirst(first: readonly string[] | undefined): readonly string[] {
  return first === undefined ? [] : [reportTexts.done.startedFirst(first.join(', '))];
}
