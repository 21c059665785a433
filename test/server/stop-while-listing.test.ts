import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPlaces } from '../../agent/os/places.ts';
import { openDaemon } from '../../agent/server/daemon.ts';
import { failureOf } from '../../protocol/failures.ts';
import { makeSmallArchives } from '../bench/data/small-archives.ts';
import { builtProgram } from '../support/programs.ts';
import { makeSmallApplication, type SmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const archives = 600;
const folder = tempFolder();
let app: SmallApplication;

beforeAll(async () => {
  app = await makeSmallApplication(folder.path);
  await makeSmallArchives(app.store, archives);
}, 300_000);

afterAll(() => folder[Symbol.dispose]());

/** How many archives a Kedge that is at work has listed so far, as another process sees it. */
function listedSoFar(home: string): number {
  try {
    using database = open(join(home, 'state', 'catalogue.sqlite'));
    return Number(database.inner.prepare('select count(*) from backups').pluck().get());
  } catch {
    // Not made yet.
    return 0;
  }
}

function open(path: string): Disposable & { readonly inner: Database.Database } {
  const inner = new Database(path, { readonly: true });
  return { inner, [Symbol.dispose]: () => inner.close() };
}

/** A home of its own over the same store. */
async function freshHome(): Promise<{ home: string } & Disposable> {
  const own = tempFolder();
  const stores = { local: { kind: 'local', path: app.store } };
  const { home } = await makeSmallApplication(own.path, { stores });
  return { home, [Symbol.dispose]: () => own[Symbol.dispose]() };
}

test('a Kedge that is asked to stop while it lists its archives at the start gives that up', async () => {
  using at = await freshHome();
  const asked = new AbortController();
  const logged: string[] = [];
  const starting = openDaemon({
    places: findPlaces({ KEDGE_HOME: at.home }),
    output: ({ level, text }) => logged.push(`${level}: ${text}`),
    requestStop: () => undefined,
    signal: asked.signal,
  });
  await until(() => listedSoFar(at.home) > 10);
  asked.abort();
  const why = await starting.then(() => 'started', failureOf);
  expect(why).toEqual({ code: 'cancelled', params: {} });
  expect(logged).toEqual([]);
  expect(listedSoFar(at.home)).toBeLessThan(archives);
});

test('a Kedge that is stopped while it lists archives that came later ends without a fault', async () => {
  using own = tempFolder();
  const { home } = await makeSmallApplication(own.path);
  const logged: string[] = [];
  {
    await using daemon = await openDaemon({
      places: findPlaces({ KEDGE_HOME: home }),
      output: ({ level, text }) => logged.push(`${level}: ${text}`),
      requestStop: () => undefined,
      signal: AbortSignal.timeout(60_000),
    });
    const { text, revision } = daemon.configFile.onDisk();
    await daemon.configFile.save(text.replace(join(own.path, 'backups'), app.store), revision);
    await until(() => daemon.backups.count() > 10);
  }
  expect(logged.filter((line) => !line.startsWith('info'))).toEqual([]);
  expect(listedSoFar(home)).toBeLessThan(archives);
});

test.each([1, 30])(
  'SIGTERM once %i archives are listed ends the process at once, with exit code 0 and no error',
  async (count) => {
    using at = await freshHome();
    const child = spawn(process.execPath, [builtProgram('main')], {
      env: { ...process.env, KEDGE_HOME: at.home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        output += String(text);
      });
    const exited = once(child, 'exit');
    await until(() => listedSoFar(at.home) >= count);
    child.kill('SIGTERM');
    expect([await exited, output]).toEqual([[0, null], '']);
    expect(listedSoFar(at.home)).toBeLessThan(archives);
  },
);
