import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { findFileClients } from '../../agent/os/open-files.ts';
import { asOtherUser } from '../support/as-other-user.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const module = createRequire(import.meta.url).resolve('better-sqlite3');

test('whoever has a database open is told with user and start, also to a user who may not look at the process', async () => {
  const path = join(temporaryFolder(), 'clinic.sqlite');
  const made = new Database(path);
  made.exec('PRAGMA journal_mode = wal; CREATE TABLE visit (id)');
  made.close();
  const idle = `const D = require(${JSON.stringify(module)});
    const d = new D(${JSON.stringify(path)}); d.prepare('SELECT * FROM visit').all(); console.log('in');
    setInterval(() => d, 60000)`;
  const began = Date.now();
  const child = spawn(process.execPath, ['-e', idle], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const files = [path, `${path}-wal`, `${path}-shm`];
  for (const each of files) chmodSync(each, 0o644);
  const found = {
    pid: child.pid,
    program: 'node',
    user: userInfo().username,
    path: expect.stringContaining('clinic.sqlite'),
    sinceMs: expect.closeTo(began, -4),
  };
  expect(await findFileClients(files)).toEqual([found]);
  expect(await asOtherUser(async () => await findFileClients(files))).toEqual([found]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await findFileClients(files)).toEqual([]);
});
