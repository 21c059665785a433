import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import { dataOf, hasMariadbServer, wholeServerApp } from '../../support/mariadb-server-app.ts';
import { startMariadb } from '../../support/private-mariadb.ts';
import { own } from '../../support/private-server.ts';
import { mayMount } from '../../support/test-with-mounts.ts';

const mountTest = hasMariadbServer && mayMount() ? test : test.skip;
const mount = (folder: string, options: string): Disposable => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  return { [Symbol.dispose]: () => void execFileSync('umount', ['-l', folder]) };
};

mountTest(
  'a data folder that is a mount point is exchanged in itself, and scratch that is full leaves no backup',
  async () => {
    await using server = await startMariadb();
    server.sql(
      `CREATE DATABASE clinic; USE clinic; CREATE TABLE visit (id INT PRIMARY KEY, what TEXT);
       INSERT INTO visit SELECT seq, MD5(seq) FROM seq_1_to_1000`,
    );
    await server.stop('SIGTERM');
    const data = dataOf(server);
    renameSync(data, `${data}.before`);
    mkdirSync(data);
    using _data = mount(data, 'size=400m,mode=0700');
    own(data);
    execFileSync('cp', ['-a', `${data}.before/.`, data]);
    await server.start();
    const visits = (): string => server.sql('SELECT COUNT(*) FROM clinic.visit');

    using app = wholeServerApp(server);
    const small = app.work();
    using _scratch = mount(small.scratch, 'size=8m');
    const words = await app.backup(undefined, small).then(
      () => 'it went through',
      (error: unknown) => wordFailure(failureOf(error)).message,
    );
    expect(words).toContain(small.scratch);
    expect(readdirSync(app.backups)).toEqual([]);

    const backup = await app.backup();
    server.sql('DELETE FROM clinic.visit WHERE id > 10');
    const plan = await app.plan(backup);
    expect(plan.obstacles).toEqual([]);
    const { undo = '' } = await app.restore(plan);
    expect([visits(), readdirSync(data).includes('.kedge')]).toEqual(['1000', true]);
    const { gaps } = await app.backup();
    expect(gaps).toEqual([]);
    const back = await app.undo(undo);
    expect(visits()).toBe('10');
    await app.undo(back.undo ?? '');
    expect(visits()).toBe('1000');
    await server.stop('SIGTERM');
  },
  60_000,
);
