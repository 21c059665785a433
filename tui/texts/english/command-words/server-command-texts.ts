import type { CommandTexts } from './shared-command-texts.ts';

export const serverCommandTexts = {
  'server.add': {
    title: 'Add a server to the list',
    category: 'Servers',
    summary:
      'Put a server into your list, so that "kedge --server NAME" goes there. --remote-kedge, --ssh-option and --socket are kept with it.',
    args: {
      name: 'what you call it',
      address: '[user@]host[:port], as ssh takes it',
    },
  },
  'server.list': {
    title: 'List the servers',
    category: 'Servers',
    summary: 'List the servers that "kedge --server NAME" knows.',
    args: {},
  },
  'server.remove': {
    title: 'Remove a server from the list',
    category: 'Servers',
    summary: 'Take a server out of your list. Nothing changes on the server.',
    args: { name: 'its name in the list' },
  },
  relay: {
    title: 'Pass a connection on to Kedge',
    category: 'Servers',
    summary:
      'Pass standard input and output on to the socket of the Kedge that runs here. "kedge --server" has ssh run this on the server.',
    args: {},
  },
} as const satisfies Record<string, CommandTexts>;
