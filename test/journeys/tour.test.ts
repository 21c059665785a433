import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { testWithPostgres } from '../support/postgres.ts';
import { demoStoppedAtLast } from '../support/stop-demo.ts';
import { tempFolder } from '../support/temp-folder.ts';

const kedge = fileURLToPath(new URL('../../tui/kedge', import.meta.url));

const processesOf = (home: string): string =>
  execFileSync('sh', ['-c', 'ps -eo args | grep -F -- "$1" | grep -v grep || true', 'sh', home], {
    encoding: 'utf8',
  });

testWithPostgres(
  'without a terminal the demo on a private PostgreSQL shows in text all that Kedge does, and leaves nothing running',
  async () => {
    using folder = tempFolder();
    // As somebody may call a folder: nothing of it may stop at a space or a letter beyond ASCII.
    const home = join(folder.path, "Jörg's #1 demo");
    await using _demo = demoStoppedAtLast(home);
    const env = { ...process.env, KEDGE_DEMO_HOME: home, XDG_STATE_HOME: folder.path };
    const { stdout } = await promisify(execFile)('sh', [kedge, 'demo', '--postgres'], { env });
    const expected = [
      /services: .*database healthy/,
      /integrity ok/,
      /Deleted 200 patients .* in the PostgreSQL server\./,
      /the plan now sees the damage: .*table public\.patients.*; file /,
      'a new plan finds every row and the overwritten upload in place',
      /what was live before is back, downtime /,
      /start database: /,
      'The tour is over: everything worked',
    ];
    for (const part of expected) expect(stdout).toMatch(part);
    expect(processesOf(home)).toBe('');
  },
  180_000,
);
