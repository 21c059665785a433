import { expect, test } from 'vitest';
import { serviceFollowLog } from '../../protocol/methods/service.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { startFakeKedge } from '../support/fake-kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';
import { until } from '../support/until.ts';

test.each([
  [[], 'one\n\\x1b[2Jtwo    half\nthree\n'],
  [['--json'], '"one"\n"\\u001b[2Jtwo    half"\n"three"\n'],
])('--follow prints lines as they come, until it is interrupted (%j)', async (words, printed) => {
  await using fake = await startFakeKedge();
  const pages = [
    { lines: ['\u001B[32mone\u001B[0m', '\u001B[2Jtwo\thalf'], cursor: 'a', gap: false },
    { lines: [], cursor: 'a', gap: false },
    { lines: ['three'], cursor: 'b', gap: true },
  ];
  const asked: unknown[] = [];
  fake.answer(serviceFollowLog, (query, signal) => {
    asked.push(query);
    const page = pages.shift();
    if (page !== undefined) return page;
    const { promise, reject } = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => reject(signal.reason));
    return promise;
  });
  const recorded = recordingTerminal();
  const argv = ['--socket', fake.socket, 'service', 'logs', 'host', '--lines', '7', '--follow'];
  const ended = runCli([...argv, ...words], recorded.terminal);
  await until(() => asked.length === 4);
  recorded.interrupt();
  expect(await ended).toBe(130);
  expect(recorded.out().slice(0, printed.length)).toBe(printed);
  expect(recorded.err()).toContain('lines are missing here');
  expect(asked).toEqual([
    { service: 'host', lines: 7 },
    { service: 'host', lines: 1000, cursor: 'a' },
    { service: 'host', lines: 1000, cursor: 'a' },
    { service: 'host', lines: 1000, cursor: 'b' },
  ]);
});
