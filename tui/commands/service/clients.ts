import { serviceClients, serviceLetIn, serviceShutOut } from '../../../protocol/methods/client.ts';
import { reportTexts } from '../../texts/texts.ts';
import { formatDistance } from '../../texts/time.ts';
import { defineCommand } from '../define-command.ts';
import { requiredText } from '../read-arguments.ts';
import { clientWords, problemLines } from '../report/reset-plan-lines.ts';

const words = reportTexts.clients;
const service = { name: 'service', kind: 'service', positional: true, required: true } as const;

export const serviceClientsCommand = defineCommand('service.clients', {
  cli: ['service', 'clients'],
  args: [service],
  when: 'hasServices',
  danger: 'none',
  reads: true,
  examples: ['kedge service clients database'],
  async run(context, args) {
    const id = requiredText(args, 'service');
    const data = await context.call(serviceClients, { service: id }, context.signal);
    const nowMs = Date.now();
    const { clients, problems, shutOutSinceMs: sinceMs } = data;
    const lines = [
      ...(sinceMs === undefined ? [] : [words.areOut(id, formatDistance(sinceMs, nowMs))]),
      ...clients.map((client) => reportTexts.resetPlan.client(id, clientWords(client, nowMs))),
      ...(clients.length === 0 ? [words.none(id)] : []),
      ...problems.flatMap(problemLines),
    ];
    return { kind: 'data', data, lines };
  },
});

export const serviceShutOutCommand = defineCommand('service.shut-out', {
  cli: ['service', 'shut-out'],
  args: [service],
  when: 'hasServices',
  danger: 'confirm',
  examples: ['kedge service shut-out database'],
  async run(context, args) {
    const order = { service: requiredText(args, 'service') };
    const data = await context.call(serviceShutOut, order, context.signal);
    return { kind: 'data', data, lines: [data.changed ? words.shutOut : words.wereOut] };
  },
});

export const serviceLetInCommand = defineCommand('service.let-in', {
  cli: ['service', 'let-in'],
  args: [service],
  when: 'hasServices',
  danger: 'none',
  examples: ['kedge service let-in database'],
  async run(context, args) {
    const order = { service: requiredText(args, 'service') };
    const data = await context.call(serviceLetIn, order, context.signal);
    return { kind: 'data', data, lines: [data.changed ? words.letIn : words.wereIn] };
  },
});
