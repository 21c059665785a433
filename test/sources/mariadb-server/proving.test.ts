import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { copyServer } from '../../../agent/sources/mariadb-server/copy-server.ts';
import { whileCopying } from '../../../agent/sources/mariadb-server/while-copying.ts';
import { failureOf } from '../../../protocol/failures.ts';
import {
  dataOf,
  hasMariadbServer,
  testWithMariadbServer,
  wholeServerApp,
} from '../../support/mariadb-server-app.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';
import { own } from '../../support/private-server.ts';
import { withBackupProgram } from '../../support/with-backup-program.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (!hasMariadbServer) return;
  server = await startMariadb();
  server.sql(
    `CREATE DATABASE clinic; USE clinic; CREATE TABLE visit (id INT PRIMARY KEY, what TEXT);
     INSERT INTO visit SELECT seq, MD5(seq) FROM seq_1_to_1000`,
  );
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

testWithMariadbServer(
  'a data folder below a path that is longer than that of a socket may be comes back',
  async () => {
    using app = wholeServerApp(server);
    const backup = await app.backup();
    const parent = join(server.folder, 'a-name-of-forty-characters-and-some-more'.repeat(3));
    mkdirSync(parent);
    own(parent);
    const data = join(parent, 'data');
    using far = wholeServerApp(server, { data });
    far.services.running.clear();
    await server.stop('SIGTERM');
    const { undo, notes } = await far.restore(await far.plan(backup));
    expect(undo).toBeDefined();
    expect(notes).toEqual([expect.stringMatching(/found all \d+ tables sound/)]);
    await server.start();
  },
  60_000,
);

testWithMariadbServer(
  'a program that writes nothing any more is given up, and one that is slow is not',
  async () => {
    using app = wholeServerApp(server);
    const { scratch, ...work } = app.work();
    const order = { source: 'db', program: 'mariadb-backup', folder: join(scratch, 'db') };
    const login = { argv: [], environment: {}, [Symbol.asyncDispose]: async () => undefined };
    const copying = copyServer.bind(undefined, { ...order, login }, { ...work, scratch });
    await withBackupProgram('exec sleep 600', async () => {
      const failed = await copying({ everyMs: 20, standstillsAtMost: 3 }).catch(failureOf);
      expect(failed).toMatchObject({
        code: 'dump-tool-failed',
        params: { why: expect.stringContaining('it wrote nothing for') },
      });
    });
    const folder = join(scratch, 'slow');
    mkdirSync(folder);
    const pace = { everyMs: 5, standstillsAtMost: 3 };
    const slowly = async (until: AbortSignal): Promise<void> => {
      for (let n = 0; n < 50; n += 1) {
        appendFileSync(join(folder, 'visit.ibd'), 'a page');
        await wait(pace.everyMs, undefined, { signal: until });
      }
    };
    await whileCopying({ folder, pace, stuck: () => new Error('stuck') }, slowly, work.signal);
  },
  60_000,
);

testWithMariadbServer(
  'the plan says who runs on the folder, and that what follows another server does so no more',
  async () => {
    using app = wholeServerApp(server);
    const backup = await app.backup();
    const follows = join(dataOf(server), 'master-clinic.info');
    writeFileSync(follows, '33\n');
    const { clients, warnings } = await app.plan(backup);
    rmSync(follows);
    expect(clients.filter(({ pid }) => pid === server.pid())).toEqual([
      expect.objectContaining({ source: 'db', program: 'mariadbd' }),
    ]);
    expect(warnings).toContainEqual(expect.stringContaining('follows another one'));
  },
  60_000,
);
