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
  'service.clients': {
    title: 'Clients of a database',
    category: 'Services',
    summary: 'Show who is connected to a database, since when, and what holds them up.',
    args: { service: 'id of the service' },
  },
  'service.shut-out': {
    title: 'Shut out the clients of a database',
    category: 'Services',
    summary:
      'End all connections to the database of a server and let nobody in until "kedge service let-in". What they had not committed is lost.',
    args: { service: 'id of the service' },
  },
  'service.let-in': {
    title: 'Let the clients of a database in again',
    category: 'Services',
    summary: 'Take back what "kedge service shut-out" did.',
    args: { service: 'id of the service' },
  },
  'service.start': {
    title: 'Start a service',
    category: 'Services',
    summary: 'Start a service, what it needs and is down before it, and wait until it is healthy.',
    args: {
      service: 'id of the service',
      'cancel-job': 'where a job is at work: cancel it first',
      'wait-job': 'where a job is at work: do it when that has ended',
    },
  },
  'service.stop': {
    title: 'Stop a service',
    category: 'Services',
    summary: 'Stop a service and wait until it is down.',
    args: {
      service: 'id of the service',
      'cancel-job': 'where a job is at work: cancel it first',
      'wait-job': 'where a job is at work: do it when that has ended',
    },
  },
  'service.restart': {
    title: 'Restart a service',
    category: 'Services',
    summary: 'Stop and start one service.',
    args: {
      service: 'id of the service',
      'cancel-job': 'where a job is at work: cancel it first',
      'wait-job': 'where a job is at work: do it when that has ended',
    },
  },
  'service.reset': {
    title: 'Reset services',
    category: 'Services',
    summary:
      'Stop services in reverse order of dependency, start them in order, prove each healthy.',
    args: {
      service: 'ids of the services; none: all of them',
      role: 'the services of this role',
      sick: 'those that are ill, failed or flapping, and those that the last reset left down',
      all: 'all services; as well as none named',
      kedge: 'restart Kedge too, last; alone: nothing but Kedge',
      retry: 'afterwards start again what failed before',
      'cancel-job': 'where a job is at work: cancel it first',
      'wait-job': 'where a job is at work: reset when it has ended, before all that waits',
      unattended:
        'ask nobody: a stop that takes too long is given up; implied where no terminal is connected',
      'dry-run': 'only show the order, what would keep from it, and how long it takes',
    },
  },
  'service.answer': {
    title: 'Answer a reset',
    category: 'Services',
    summary: 'Say what a reset is to do about a service that does not stop.',
    args: {
      job: 'number of the reset',
      answer: 'wait longer, end its clients, kill it, or start again what was stopped',
      confirm: 'id of the service, where it holds a database and is to be killed',
    },
  },
  'service.logs': {
    title: 'Show the log of a service',
    category: 'Services',
    summary: 'Show the last lines that a service wrote, and with --follow what it writes on.',
    args: {
      service: 'id of the service',
      lines: 'how many (100)',
      follow: 'go on until Ctrl+C; with --json each line is a JSON text',
    },
  },
} as const satisfies Record<string, CommandTexts>;
