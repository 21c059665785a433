import { afterEach, expect, test, vi } from 'vitest';
import { runCli } from '../../tui/cli/run-cli.ts';
import { formatMoment } from '../../tui/texts/time.ts';
import { wordWhy } from '../../tui/texts/word-why.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedNowMs } from '../support/canned-snapshot.ts';
import { startFakeKedge } from '../support/fake-kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';

afterEach(() => vi.unstubAllEnvs());

async function history(locale: string, ...words: string[]): Promise<string> {
  vi.stubEnv('LC_ALL', locale);
  vi.stubEnv('TERM', 'xterm');
  await using fake = await startFakeKedge();
  answerEverything(fake);
  const recorded = recordingTerminal();
  const argv = ['--socket', fake.socket, 'service', 'history', ...words];
  expect(await runCli(argv, recorded.terminal)).toBe(0);
  return recorded.out();
}

test('the history shows seven days of each service in signs, and what they mean', async () => {
  expect(await history('C.UTF-8')).toBe(
    `SERVICE  7 DAYS    NOW      SINCE
host     ··▁▅▆█▃▁  healthy  1 min ago
agent    ··▁▅▆█▃▁  healthy  1 min ago

Each sign is the worst in 21 h: ▁ healthy, ▃ starting or stopping, ▅ stopped, ▆ ill, █ failed or flapping, · not known.
`,
  );
});

test('of one service each change is told with its reason, in ASCII where the terminal has no more', async () => {
  const out = await history('C', 'host');
  expect(out).toContain('host     .._=!#-_  healthy  1 min ago\n');
  expect(out).toContain(
    `${formatMoment(cannedNowMs - 3_600_000)}  ill      GET /health gave 503\n`,
  );
});

test('--json gives the states themselves', async () => {
  expect(JSON.parse(await history('C', 'agent', '--json'))).toMatchObject({
    toMs: cannedNowMs,
    services: [
      {
        service: 'agent',
        buckets: [null, 'unknown', 'healthy', 'stopped', 'ill', 'failed', 'starting', 'healthy'],
      },
    ],
  });
});

test('an ill service says for how long it has answered badly', () => {
  const rest = {
    id: 'host',
    role: 'host',
    manager: 'process',
    dependsOn: [],
    restarts: 0,
  } as const;
  const ill = { ...rest, health: 'ill', why: 'GET /health gave 503', sinceMs: 3000 } as const;
  expect(wordWhy({ ...ill, badSinceMs: 1000 }, 41_000)).toBe('GET /health gave 503, for 40 s');
  expect(wordWhy(ill, 41_000)).toBe('GET /health gave 503');
});
