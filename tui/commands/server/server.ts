import { serverTexts } from '../../texts/texts.ts';
import type { CommandOutcome } from '../command.ts';
import { defineCommand } from '../define-command.ts';

/** The command line does it with files of this user; elsewhere it only says how. */
const inShell = async (): Promise<CommandOutcome> => ({
  kind: 'data',
  data: {},
  lines: [serverTexts.inShell],
});

export const serverAddCommand = defineCommand('server.add', {
  cli: ['server', 'add'],
  args: [
    { name: 'name', kind: 'text', positional: true, required: true },
    { name: 'address', kind: 'text', positional: true, required: true },
  ],
  danger: 'none',
  needs: 'nothing',
  examples: [
    'kedge server add clinic ali@clinic.example',
    "kedge server add lab root@10.0.0.7:2222 --remote-kedge 'sudo -n kedge' --ssh-option IdentityFile=~/.ssh/lab",
  ],
  run: inShell,
});

export const serverListCommand = defineCommand('server.list', {
  cli: ['server', 'list'],
  args: [],
  danger: 'none',
  needs: 'nothing',
  examples: ['kedge server list', 'kedge server list --json'],
  run: inShell,
});

export const serverRemoveCommand = defineCommand('server.remove', {
  cli: ['server', 'remove'],
  args: [{ name: 'name', kind: 'text', positional: true, required: true }],
  danger: 'none',
  needs: 'nothing',
  examples: ['kedge server remove lab'],
  run: inShell,
});

export const relayCommand = defineCommand('relay', {
  cli: ['relay'],
  args: [],
  danger: 'none',
  needs: 'nothing',
  examples: ['kedge relay', 'kedge relay --socket /run/kedge-view/kedge.sock'],
  run: inShell,
});
