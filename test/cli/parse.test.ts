import { expect, test } from 'vitest';
import { failureOf } from '../../protocol/failures.ts';
import { parseCommandLine } from '../../tui/cli/parse.ts';
import type { Arguments } from '../../tui/commands/command.ts';

function parsed(...argv: readonly string[]): readonly [string, Arguments] {
  const { parsed: found } = parseCommandLine(argv);
  if (found.kind !== 'command') throw new Error(found.kind);
  return [found.command.id, found.args];
}

function refusal(...argv: readonly string[]): string {
  try {
    parseCommandLine(argv);
  } catch (error) {
    const { code, params } = failureOf(error);
    return `${code}: ${params['what']}: ${params['problem']}`;
  }
  return 'not refused';
}

test('options, flags and positional arguments are read by their kind', () => {
  expect(parsed('backup', 'create', '--name', 'before', '--to=/mnt/usb', '--dry-run')).toEqual([
    'backup.create',
    { name: 'before', to: '/mnt/usb', 'dry-run': true },
  ]);
  expect(parsed('job', 'log', '12', '--lines', '5')).toEqual(['job.log', { job: 12, lines: 5 }]);
  expect(parsed('service', 'reset', 'host', 'agent')).toEqual([
    'service.reset',
    { service: ['host', 'agent'] },
  ]);
  // "--wait" alone is of every command: it waits for the reset.
  expect(parsed('service', 'reset', '--wait', '--wait-job')).toEqual([
    'service.reset',
    { 'wait-job': true },
  ]);
  expect(parsed('init', '--database', '/a', '--database', '/b')).toEqual([
    'init',
    { database: ['/a', '/b'] },
  ]);
});

test('what follows "--" is never an option', () => {
  expect(parsed('backup', 'verify', '--', '--json')).toEqual([
    'backup.verify',
    { backup: '--json' },
  ]);
});

test('the options of every command may stand anywhere', () => {
  const argv = ['--json', 'backup', '--socket', '/s', 'list', '--no-color', '--wait=false'];
  const { globals, parsed: found } = parseCommandLine(argv);
  expect(globals).toEqual({ json: true, socket: '/s', color: false, wait: false, window: {} });
  expect(found.kind === 'command' && found.command.id).toBe('backup.list');
});

test('"demo" is a command and "demo stop" another', () => {
  expect(parsed('demo', '--fresh')[0]).toBe('demo');
  expect(parsed('demo', 'stop')[0]).toBe('demo.stop');
});

test.each([
  [['bakup'], 'bad-argument: "bakup": there is no such command. Did you mean "backup"?'],
  [
    ['backup', 'lst'],
    'bad-argument: "backup lst": there is no such command. Did you mean "backup list"?',
  ],
  [['frobnicate'], 'bad-argument: "frobnicate": there is no such command'],
  [
    ['backup', 'create', '--nme', 'x'],
    'bad-argument: --nme: there is no such option. Did you mean "--name"?',
  ],
  [['backup', 'create', '--name'], 'bad-argument: --name: needs a value'],
  [['backup', 'create', '--name', '--dry-run'], 'bad-argument: --name: needs a value'],
  [['backup', 'create', '--dry-run=yes'], 'bad-argument: --dry-run: takes no value'],
  [
    ['backup', 'create', '--name', 'a', '--name', 'b'],
    'bad-argument: --name: was given more than once',
  ],
  [
    ['backup', 'show'],
    'bad-argument: backup: missing. Usage: kedge backup show BACKUP [--passphrase] [--recovery-key]',
  ],
  [['backup', 'show', 'a', 'b'], 'bad-argument: "b": this is one word too many'],
  [['job', 'show', 'twelve'], 'bad-argument: "twelve": this is not a number'],
  [['--frob'], 'bad-argument: --frob: there is no such option'],
  [['--socket'], 'bad-argument: --socket: needs a value'],
  [
    ['demo', 'accident', 'fire'],
    'bad-argument: accident: one of: delete-patients, overwrite-upload, hang-host, kill-agent, fill-destination',
  ],
])('%j is refused: %s', (argv, message) => {
  expect(refusal(...argv)).toBe(message);
});

test('nothing at all means the workbench, words that only begin a command mean a group', () => {
  expect(parseCommandLine([]).parsed).toEqual({ kind: 'workbench' });
  expect(parseCommandLine(['backup']).parsed).toEqual({ kind: 'group', words: ['backup'] });
});
