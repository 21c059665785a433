import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { freePort } from '../../agent/os/free-port.ts';
import { metricsRead, reportRead, runbookRead } from '../../protocol/methods/report.ts';
import { scheduleRun } from '../../protocol/methods/schedule.ts';
import { openSession, startKedgeThrough } from '../support/kedge.ts';
import { promtoolSays } from '../support/promtool.ts';
import { testWith } from '../support/require-tool.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { timeOfDayIn } from '../support/time-of-day.ts';

/** Status and text of a request, or the code of its failure. */
async function ask(port: number, options: Parameters<typeof request>[1] = {}) {
  const { promise, resolve } = Promise.withResolvers<{ status: number | string; text: string }>();
  const asked = request({ port, host: '127.0.0.1', path: '/metrics', agent: false, ...options });
  asked.on('error', (error: NodeJS.ErrnoException) =>
    resolve({ status: error.code ?? '', text: '' }),
  );
  asked.on('response', (response) => {
    let text = '';
    response.on('data', (part) => {
      text += String(part);
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
  });
  asked.end();
  return await promise;
}

testWith('promtool')(
  'metrics come by the socket, by a loopback port and as a file, while each is configured',
  async () => {
    using folder = tempFolder();
    const textfile = join(folder.path, 'kedge.prom');
    const port = await freePort();
    const app = await makeSmallApplication(folder.path, {
      application: { id: 'shop', name: 'The "Shop"', version: '1\\2' },
      schedules: {
        nightly: { full: { every: 'day', at: timeOfDayIn(12) }, zone: 'UTC', store: 'local' },
      },
      metrics: { port, textfile },
    });
    // As a unit with UMask=0077 would: node_exporter is another user.
    const careful = ['sh', '-c', 'umask 077; exec "$@"', 'sh'];
    await using kedge = await startKedgeThrough(careful, app.home);
    using session = await openSession(kedge.socket);
    const order = { requestId: randomUUID(), schedule: 'nightly' };
    const { job } = await session.call(scheduleRun, order);
    await session.ended(job);
    const read = async (): Promise<string> => (await session.call(metricsRead, {})).text;
    await expect.poll(read, { timeout: 30_000 }).toContain(',state="verified"} 1');
    const text = await read();
    expect(promtoolSays(text)).toBe('');
    for (const line of [
      /^kedge_up 1$/m,
      /^kedge_info\{version="[^"]+",application="shop",application_name="The \\"Shop\\"",application_version="1\\\\2",/m,
      /^kedge_runs_total\{schedule="nightly",kind="full",outcome="complete"\} 1$/m,
      /^kedge_last_run_duration_seconds\{schedule="nightly",kind="full"\} [\d.]+$/m,
      /^kedge_last_good_backup_timestamp_seconds\{schedule="nightly",kind="full"\} \d/m,
      /^kedge_newest_good_full_age_seconds \d/m,
      /^kedge_schedule_next_run_timestamp_seconds\{schedule="nightly",kind="full"\} \d/m,
      /^kedge_schedule_missed_runs\{schedule="nightly"\} 0$/m,
      /^kedge_jobs_total\{kind="verify",outcome="done"\} 1$/m,
      /^kedge_store_state\{store="local",state="online"\} 1$/m,
      /^kedge_store_free_bytes\{store="local"\} \d/m,
      /^kedge_problems\{severity="error"\} 0$/m,
      /^process_resident_memory_bytes \d/m,
    ])
      expect(text).toMatch(line);

    const readme = readFileSync('agent/server/metrics/README.md', 'utf8');
    const names = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name ?? '');
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
    expect(names.length).toBeGreaterThan(25);

    const { report } = await session.call(reportRead, {});
    expect(report).toMatchObject({
      application: 'The "Shop"',
      schedules: [{ id: 'nightly', complete: 1, failed: 0 }],
      newestGood: { schedule: 'nightly' },
      verified: 1,
      made: { backups: 1 },
      bytesNow: report.newestGood?.sizeBytes,
    });
    const runbook = await session.call(runbookRead, {});
    expect(runbook.text.replaceAll(/\\\n/g, '')).toContain(report.newestGood?.path);

    const byPort = await ask(port);
    expect(byPort).toMatchObject({ status: 200, text: expect.stringContaining('\nkedge_up 1\n') });
    expect(promtoolSays(byPort.text)).toBe('');
    const refused = await Promise.all([
      ask(port, { path: '/' }),
      ask(port, { method: 'POST' }),
      ask(port, { headers: { origin: 'http://127.0.0.1' } }),
      ask(port, { headers: { host: 'rebound.example' } }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([404, 405, 403, 403]);

    expect(promtoolSays(readFileSync(textfile, 'utf8'))).toBe('');
    expect(statSync(textfile).mode & 0o777).toBe(0o644);

    // Another port, that somebody has: said as a problem, while the file is taken away.
    const other = await freePort();
    await using taken = createServer().listen(other, '127.0.0.1');
    await once(taken, 'listening');
    const path = join(app.home, 'kedge.jsonc');
    const config = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...config, metrics: { port: other } }));
    await session.until(
      ({ change }) =>
        change.topic === 'problems' && change.problems.some(({ id }) => id === 'metrics-port'),
    );
    expect([(await ask(port)).status, existsSync(textfile)]).toEqual(['ECONNREFUSED', false]);

    writeFileSync(path, JSON.stringify({ ...config, metrics: { textfile } }));
    await expect.poll(() => existsSync(textfile), { timeout: 30_000 }).toBe(true);
    expect(await kedge.stop()).toBe(0);
    expect(existsSync(textfile)).toBe(false);
  },
);
