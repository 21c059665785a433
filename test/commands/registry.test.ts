import { expect, test } from 'vitest';
import { parseCommandLine } from '../../tui/cli/parse.ts';
import { productCommands } from '../../tui/commands/registry.ts';
import { contextKeysOf } from '../../tui/store/context-keys.ts';
import { emptyState } from '../../tui/store/state.ts';
import { keysOf, parseWhen } from '../../tui/store/when.ts';
import { shellWords } from '../support/shell-words.ts';

test('no two commands share an id or words', () => {
  const ids = productCommands.map((command) => command.id);
  const words = productCommands.map((command) => command.cli?.join(' '));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(words).size).toBe(words.length);
});

test.each(productCommands.map((command) => [command.id, command] as const))(
  '%s says what it is, and its arguments too',
  (_, command) => {
    expect(command.title).toMatch(/^[A-Z]/);
    expect(command.summary).toMatch(/^[A-Z].*\.$/);
    expect(command.category).not.toBe('');
    expect(command.cli?.length ?? 0).toBeGreaterThan(0);
    for (const argument of command.args) expect(argument.description, argument.name).not.toBe('');
  },
);

test.each(
  productCommands.flatMap((command) => command.examples.map((line) => [line, command] as const)),
)('the example "%s" parses to its own command', (line, command) => {
  const words = shellWords(line).filter((word) => !/^[A-Z_]+=/.test(word));
  expect(words[0]).toBe('kedge');
  const { parsed } = parseCommandLine(words.slice(1));
  expect(parsed.kind === 'command' && parsed.command.id).toBe(command.id);
});

test('every command has an example', () => {
  expect(productCommands.filter((command) => command.examples.length === 0)).toEqual([]);
});

test('every condition asks only keys that the state sets', () => {
  const known = Object.keys(contextKeysOf(emptyState));
  const asked = productCommands.flatMap((command) =>
    command.when === undefined ? [] : keysOf(parseWhen(command.when)),
  );
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((key) => !known.includes(key))).toEqual([]);
});

test('what must be typed to confirm is given as the argument "confirm"', () => {
  const dangerous = productCommands.filter((command) => command.danger === 'type-name');
  expect(dangerous.map((command) => command.id)).toEqual([
    'backup.delete',
    'restore.run',
    'undo.run',
    'undo.remove',
    'recovery.give-up',
    'trash.empty',
    'space.clear',
  ]);
  for (const command of dangerous) {
    expect(command.args.map((argument) => argument.name)).toContain('confirm');
    expect(command.confirmation).toBeDefined();
  }
});
