import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../tui/cli/parse.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { topicRows } from '../../tui/commands/help/topic-rows.ts';
import { findTopic, topicIds, topicOf } from '../../tui/commands/help/topics.ts';
import { productCommands } from '../../tui/commands/registry.ts';
import { speak } from '../../tui/texts/speak.ts';
import { wordWrap } from '../../tui/widgets/word-wrap.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';
import { testWith } from '../support/require-tool.ts';
import { shellWords } from '../support/shell-words.ts';

/** Of nobody who has set a language. */
const env = { XDG_CONFIG_HOME: '/nonexistent' };

async function help(...words: readonly string[]) {
  const recorded = recordingTerminal({ env });
  const code = await runCli(['help', ...words], recorded.terminal);
  return { code, out: recorded.out(), err: recorded.err() };
}

const commandsIn = topicIds.flatMap((id) =>
  topicOf(id)
    .body.split('\n')
    .map((line) => /^ {2}(?:sudo )?(kedge .*?)(?: \|.*)?$/.exec(line)?.[1])
    .filter((line) => line !== undefined)
    .map((line) => [id, line] as const),
);

test.each(commandsIn)('in the topic %s "%s" is a command line that is understood', (_, line) => {
  const { parsed } = parseCommandLine(shellWords(line).slice(1));
  expect(['command', 'workbench']).toContain(parsed.kind);
});

test.each(topicIds)('the topic %s names only commands that there are', (id) => {
  const known = new Set([...productCommands.map(({ cli = [] }) => cli[0]), 'daemon']);
  const named = [...topicOf(id).body.matchAll(/\bkedge +([a-z]+)/g)].map(([, word]) => word);
  const prose = new Set(['and', 'in', 'is', 'opens', 'says', 'that']);
  expect(named.filter((word) => !known.has(word) && !prose.has(word ?? ''))).toEqual([]);
  const about = topicOf(id).commands.filter((word) => !known.has(word));
  expect(about).toEqual([]);
});

test('a topic is read by its name or another word, in rows of at most 80', async () => {
  for (const id of topicIds) {
    const { code, out } = await help(id);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe(topicOf(id).title);
    const long = out.split('\n').filter((row) => row.length > 80 && !row.startsWith('  '));
    expect(long).toEqual([]);
  }
  expect(findTopic('reset')?.id).toBe('services');
  expect((await help('format')).out).toContain('A backup without Kedge');
});

test('no row of the help is wider than 80, but commands to copy', async () => {
  for (const { cli = [] } of [{}, ...productCommands]) {
    const { out } = await help(...cli);
    const rows = out.split('\n').filter((row) => !row.startsWith('  kedge '));
    expect(rows.filter((row) => row.length > 80)).toEqual([]);
  }
});

test('the words of commands lead to their help, and that to the topic of the same name', async () => {
  expect((await help('backup', 'create')).out).toContain('Usage: kedge backup create');
  const group = await help('schedule');
  expect(group.out).toContain('Usage: kedge schedule COMMAND');
  expect(group.out).toContain('Read also:  kedge help schedules');
  expect((await help('restore')).out).toMatch(/^Restore\n[\s\S]*kedge undo list +List undos/);
});

test('without a word commands and topics are listed, with one that is none the nearest is named', async () => {
  const { out } = await help();
  for (const id of topicIds) expect(out).toContain(`kedge help ${id}`);
  for (const { cli = [] } of productCommands) expect(out).toContain(`kedge ${cli.join(' ')}`);
  const wrong = await help('encyrption');
  expect([wrong.code, wrong.out]).toEqual([2, '']);
  expect(wrong.err).toContain('Did you mean "kedge help encryption"?');
  expect((await help('qqqq')).err).toContain('"kedge help" lists them');
});

test('with --json a topic is its text', async () => {
  const { out } = await help('keys', '--json');
  expect(JSON.parse(out)).toMatchObject({
    topic: 'keys',
    title: 'Keys and mouse',
    text: expect.stringContaining('## Everywhere'),
  });
});

test('of the markup lines of a paragraph are joined, code stands, points hang', () => {
  const body = '\n## One\n  kedge  status\n\nA b\nc d\n- point that is\nlong\n';
  const rows = topicRows(body, 12, wordWrap).map(({ kind, text }) => `${kind}:${text}`);
  expect(rows).toEqual([
    'heading:One',
    'code:  kedge  status',
    'blank:',
    'text:A b c d',
    'text:- point that',
    'text:  is long',
  ]);
});

testWith('groff')('the manual page has every command and no fault', async () => {
  const { code, out } = await help('--man');
  expect(code).toBe(0);
  const groff = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-rLL=200n'], {
    input: out,
    encoding: 'utf8',
  });
  expect(groff.stderr).toBe('');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: groff overstrikes.
  const text = groff.stdout.replace(/.\u0008/g, '').replace(/ +/g, ' ');
  for (const { cli = [], summary } of productCommands) {
    expect(text).toContain(`kedge ${cli.join(' ')}\n`);
    expect(text.replace(/\s+/g, ' ')).toContain(summary);
  }
  for (const id of topicIds) expect(text).toContain(topicOf(id).title.toUpperCase());
});

describe('in another language', () => {
  afterEach(() => speak('en'));

  const spokenHelp = async (own: NodeJS.ProcessEnv, tty: boolean, ...words: readonly string[]) => {
    const recorded = recordingTerminal({ env: { ...env, ...own }, tty });
    expect(await runCli(['help', ...words], recorded.terminal)).toBe(0);
    return recorded.out();
  };

  test('a topic is read as the environment or the option says, its commands by their titles', async () => {
    const german = await spokenHelp({ LANG: 'de_DE.UTF-8' }, false, 'restore');
    expect(german).toMatch(/^Wiederherstellen\n[\s\S]*kedge undo list +Rücknahmen auflisten/);
    expect(await spokenHelp({}, false, 'restore', '--language', 'de')).toBe(german);
    expect(await spokenHelp({ LANG: 'de_DE.UTF-8' }, false, 'restore', '--language=en')).toMatch(
      /^Restore\n/,
    );
  });

  test('what is for programs, the manual and the help of commands stay English', async () => {
    const own = { KEDGE_LANGUAGE: 'de' };
    await speak('en');
    expect(JSON.parse(await spokenHelp(own, false, 'keys', '--json'))).toMatchObject({
      title: 'Keys and mouse',
    });
    expect(await spokenHelp(own, false, 'backup', 'create')).toContain('Usage: kedge backup');
    expect(await spokenHelp(own, false, '--man')).toContain('.SH "KEYS AND MOUSE"');
  });

  test('Persian is in the order of reading for a pipe, and as it is seen for a terminal that leaves it to us', async () => {
    const own = { KEDGE_LANGUAGE: 'fa' };
    const piped = await spokenHelp(own, false, 'retention');
    expect(piped).toMatch(/^آنچه می\u200Cماند، آنچه می\u200Cرود\n/);
    const seen = await spokenHelp(own, true, 'retention');
    expect([seen.slice(0, 4), seen.slice(-4)]).toEqual(['\u001B[8l', '\u001B[8h']);
    expect(seen).toContain('  kedge retention preview\n');
    const [title = ''] = seen.slice(4).split('\n');
    expect([...title.normalize('NFKC')].reverse().join('')).toBe('آنچه میماند، آنچه میرود');
    expect(await spokenHelp({ ...own, KONSOLE_VERSION: '220' }, true, 'retention')).toBe(piped);
  });
});
