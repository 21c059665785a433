import { installTexts } from '../../texts/english/install-texts.ts';
import type { Argument, CommandOutcome } from '../command.ts';
import { defineCommand } from '../define-command.ts';

const common: readonly Omit<Argument, 'description'>[] = [
  { name: 'prefix', kind: 'path', placeholder: 'FOLDER' },
  { name: 'wait-for-jobs', kind: 'number', placeholder: 'SECONDS' },
  { name: 'dry-run', kind: 'flag' },
  { name: 'yes', kind: 'flag' },
];

/** The command line does it, with the daemon's program as root; elsewhere it only says how. */
const inShell = async (command: string): Promise<CommandOutcome> => ({
  kind: 'data',
  data: {},
  lines: [installTexts.inShell(command)],
});

export const installCommand = defineCommand('install', {
  cli: ['install'],
  args: [
    { name: 'config', kind: 'path', placeholder: 'FILE' },
    { name: 'user', kind: 'text', placeholder: 'NAME' },
    ...common,
  ],
  danger: 'none',
  needs: 'nothing',
  examples: [
    'kedge install --dry-run',
    'kedge install --config kedge.jsonc --yes',
    'kedge install',
  ],
  run: async () => await inShell('install'),
});

export const uninstallCommand = defineCommand('uninstall', {
  cli: ['uninstall'],
  args: [
    { name: 'purge', kind: 'flag' },
    { name: 'confirm', kind: 'text', placeholder: 'APPLICATION' },
    ...common,
  ],
  danger: 'none',
  needs: 'nothing',
  examples: ['kedge uninstall --dry-run', "kedge uninstall --purge --confirm 'City Clinic'"],
  run: async () => await inShell('uninstall'),
});
