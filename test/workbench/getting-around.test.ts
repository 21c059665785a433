import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerEverything, cannedBackups } from '../support/answer-everything.ts';
import { cannedNowMs } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;

beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});

afterEach(async () => await fake[Symbol.asyncDispose]());

const size = { columns: 80, rows: 24 };

const enter = '\r';

const tab = '\t';

const esc = '\u001B';

const down = '\u001B[B';

/** Parameters of the calls of a method so far, without the request ids. */
function callsOf(method: string): readonly unknown[] {
  return fake.calls
    .filter((call) => call.method === method)
    .map(({ params }) => {
      const { requestId: _id, ...rest } = params as Record<string, unknown>;
      return rest;
    });
}

async function called(method: string): Promise<unknown> {
  await until(() => callsOf(method).length > 0);
  return callsOf(method).at(-1);
}

describe('the palette', () => {
  test('finds a command by a part of its name and runs it', async () => {
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('All is well');
    screen.press(':', ...'reset serv');
    await screen.shows('Reset services');
    screen.press(enter);
    await screen.shows('Reset all services');
  });

  test('asks for what a command needs, with the things there are', async () => {
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('All is well');
    screen.press(':', ...'verify a backup', enter);
    await screen.shows('clinic_2026-11-21T11-00-00+0000_full.tar.zst');
    screen.press(down, enter);
    expect(await called('backup.verify')).toEqual({
      backup: { kind: 'id', id: cannedBackups[1]?.id },
    });
  });

  test('shows why a command cannot run now', async () => {
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('All is well');
    screen.press(':', ...'hang the host');
    await screen.shows('(only in the demo)');
    screen.press(enter);
    await screen.shows('! Hang the Host: only in the demo');
  });

  test('goes to a thing by its name, and lists commands after >', async () => {
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('All is well');
    screen.press('\u0010', ...'nightly', enter);
    await screen.shows('Schedule nightly');
    screen.press('\u0010', ...'>panel');
    await screen.shows('Show or hide the panel');
  });
});

test('? lists the keys that work here and runs the one that is chosen', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('5', '?', ...'stop the sel');
  await screen.shows('Stop the selected service');
  screen.press(enter);
  await screen.shows('Stops host. It stays down until it is started. These need it: agent.');
});

test('a chord waits, says so, and Ctrl+K J opens the panel', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('\u000B');
  await screen.shows('waiting for the second key');
  screen.press('j');
  await screen.shows('[JOBS]');
});

test('a click on a row selects it, a second one opens it, the wheel moves', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('clinic 2026-11-21 09:00:00');
  const row = screen.rows().findIndex((one) => one.includes('09:00:00')) + 1;
  screen.press(`\u001B[<0;10;${row}M`);
  await screen.shows('> clinic 2026-11-21 09:00:00');
  screen.press(`\u001B[<65;10;${row}M`);
  await screen.shows('> clinic 2026-11-21 06:00:00');
  screen.press(`\u001B[<0;10;${row}M`, `\u001B[<0;10;${row}M`);
  await screen.shows('Copy scp');
});

test('when Kedge goes away the data stays, says how old it is, and comes alive again', async () => {
  let nowMs = cannedNowMs;
  await using screen = await openTestWorkbench(fake, { ...size, now: () => nowMs });
  await screen.shows('All is well');
  await fake.stop();
  await screen.shows('Kedge not reachable');
  await screen.shows('healthy');
  nowMs = Date.now() + 12_000;
  screen.running.touch();
  await screen.shows('disconnected 1');
  screen.press(':', ...'back up now');
  await screen.shows('(Kedge is not reachable)');
  screen.press(esc, esc);
  await fake.start();
  screen.press('\u0012');
  await screen.shows('Kedge ok');
});

describe('q', () => {
  test('closes the window at once where nothing hangs on it', async () => {
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('All is well');
    screen.press('q');
    expect(screen.left()).toBe(0);
  });

  test('asks in the demo whether it shall run on, and says where the data lies', async () => {
    fake.snapshot = {
      ...fake.snapshot,
      demo: { home: '/home/me/demo', url: 'http://127.0.0.1:8080/' },
    };
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('This is a demo. Protect your own: i');
    screen.press('q');
    await screen.shows('/home/me/demo');
    await screen.shows('>[ Cancel ]');
    screen.press(enter);
    expect(screen.left()).toBeUndefined();
    screen.press('q', tab, enter);
    expect(screen.left()).toBe(0);
  });
});

test('y copies what would do the same in a shell', async () => {
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('All is well');
  screen.press('2');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press('y');
  expect(screen.copied).toEqual([`kedge restore run ${cannedBackups[0]?.id}`]);
  await screen.shows('copied: kedge restore run');
});

test('text from outside cannot move the cursor', async () => {
  fake.snapshot = {
    ...fake.snapshot,
    problems: [
      {
        id: 'p',
        severity: 'error',
        sinceMs: cannedNowMs,
        text: 'file "\u001B[2J\u001B]0;x\u0007" is odd',
      },
    ],
  };
  await using screen = await openTestWorkbench(fake, size);
  await screen.shows('is odd');
  await screen.settled();
  expect(screen.text()).toContain('\\x1b[2J');
});
