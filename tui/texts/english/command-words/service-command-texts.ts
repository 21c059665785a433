import type { CommandTexts } from './shared-command-texts.ts';

export const serviceCommandTexts = {
  'service.list': {
    title: 'List services',
    category: 'Services',
    summary: 'Show the health of each service and why.',
    args: {},
  },
  'service.history': {
    title: 'History of services',
    category: 'Services',
    summary: 'Show how the health of each service was in the last seven days.',
    args: { service: 'id of the service, to see each change and why; none: all of them' },
  },
  'service.start': {
    title: 'Start a service',
    category: 'Services',
    summary: 'Start a service and wait until it is healthy.',
    args: { service: 'id of the service' },
  },
  'service.stop': {
    title: 'Stop a service',
    category: 'Services',
    summary: 'Stop a service and wait until it is down.',
    args: { service: 'id of the service' },
  },
  'service.restart': {
    title: 'Restart a service',
    category: 'Services',
    summary: 'Stop and start one service.',
    args: { service: 'id of the service' },
  },
  'service.reset': {
    title: 'Reset services',
    category: 'Services',
    summary:
      'Stop services in reverse order of dependency, start them in order, prove each healthy.',
    args: {
      service: 'ids of the services; none: all of them',
      retry: 'afterwards start again what failed before',
      'dry-run': 'only show the order',
    },
  },
  'service.logs': {
    title: 'Show the log of a service',
    category: 'Services',
    summary: 'Show the last lines that a service wrote.',
    args: { service: 'id of the service', lines: 'how many (100)' },
  },
} as const satisfies Record<string, CommandTexts>;
