import type { Service } from '../../../protocol/domain/service.ts';
import { backupList } from '../../../protocol/methods/backup.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { cannedBackup, cannedNowMs, cannedSnapshot } from '../../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../../support/fake-kedge.ts';

const backups = 100_000;
const services = 50;

/** Answers as a Kedge of 100,000 backups and 50 services, without a disk or services behind it. */
export async function startBusyKedge(): Promise<FakeKedge> {
  const [service] = cannedSnapshot().services;
  if (service === undefined) throw new Error('the canned snapshot has no service');
  const many = (n: number): Service => ({ ...service, id: `service-${n}` });
  const fake = await startFakeKedge(
    cannedSnapshot({ services: Array.from({ length: services }, (_, n) => many(n)) }),
  );
  answerEverything(fake);
  fake.snapshot = { ...fake.snapshot, backupCount: backups };
  fake.answer(backupList, ({ offset, limit }) => ({
    total: backups,
    backups: Array.from({ length: limit }, (_, n) => nthBackup(offset + n)),
  }));
  return fake;
}

function nthBackup(n: number) {
  const capturedAtMs = cannedNowMs - (n + 1) * 600_000;
  const stamp = new Date(capturedAtMs).toISOString().slice(0, 19).replaceAll(':', '-');
  const path = `/var/backups/clinic/clinic_${stamp}+0000_full.tar.zst`;
  return cannedBackup({ id: `backup-${n}`, capturedAtMs, path });
}

/** Sends lines of the log, so many at once in each interval, until `count` were sent or the signal ends it. */
export function sendLog(
  fake: FakeKedge,
  pace: { readonly atOnce: number; readonly everyMs: number; readonly count: number },
): Disposable {
  let sent = 0;
  const timer = setInterval(() => {
    if (fake.connections() === 0) return;
    for (let n = 0; n < pace.atOnce && sent < pace.count; n++) sendLine(fake, sent++);
  }, pace.everyMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function sendLine(fake: FakeKedge, n: number): void {
  fake.notify({
    topic: 'log',
    line: { atMs: Date.now(), level: 'info', text: `GET /patients/${n} answered 200 in 12 ms` },
  });
}
