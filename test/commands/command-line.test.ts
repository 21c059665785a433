import { expect, test } from 'vitest';
import { parseCommandLine } from '../../tui/cli/parse.ts';
import type { Arguments, Command } from '../../tui/commands/command.ts';
import { commandLine } from '../../tui/commands/command-line.ts';
import { findCommand } from '../../tui/commands/registry.ts';
import { shellWords } from '../support/shell-words.ts';

function command(id: string): Command {
  const found = findCommand(id);
  if (found === undefined) throw new Error(id);
  return found;
}

test('a command line names positional arguments first, then options, and quotes what needs it', () => {
  const line = commandLine(command('backup.create'), { name: "Anna's file", to: '/mnt/usb' });
  expect(line).toBe("kedge backup create --name 'Anna'\\''s file' --to /mnt/usb");
});

test.each([
  ['backup.create', { name: 'a b\'c"d$e`f\\g\nh*', 'dry-run': true }],
  ['service.reset', { service: ['host', 'agent'], retry: true }],
  ['schedule.set', { schedule: 'nightly', full: 'weekly sunday 02:00' }],
  ['init', { folder: '/srv/x y', database: ['/a', '/b c'], nightly: true }],
  ['job.show', { job: 12 }],
] satisfies (readonly [string, Arguments])[])(
  'the command line of %s, read by a shell, gives the same arguments',
  (id, args) => {
    const line = commandLine(command(id), args) ?? '';
    const { parsed } = parseCommandLine(shellWords(line).slice(1));
    expect(parsed.kind === 'command' ? parsed.args : parsed).toEqual(args);
  },
);

test('flags that are off and empty texts are left out', () => {
  const line = commandLine(command('backup.create'), { name: '', 'dry-run': false });
  expect(line).toBe('kedge backup create');
});

test('a workbench command has no command line', () => {
  const { cli: _, ...workbench } = command('status');
  expect(commandLine(workbench, {})).toBeUndefined();
});
