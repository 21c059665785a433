// `service-daemon.ts STATE`: supervises one service, says "up" once it is healthy, and waits to be killed.
import { superviseServices } from '../../agent/services/supervise.ts';
import { fakeService } from './service-fixture.ts';

const { signal } = new AbortController();
const supervisor = superviseServices({
  services: { host: fakeService('obedient') },
  stateFolder: process.argv[2] ?? '',
  isGuarded: () => false,
  onChange: () => undefined,
  log: () => undefined,
  signal,
});
const life = setInterval(() => undefined, 60_000);
await supervisor.start('host', signal).catch((error: unknown) => {
  clearInterval(life);
  throw error;
});
process.stdout.write('up\n');
