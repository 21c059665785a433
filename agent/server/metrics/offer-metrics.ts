import type { MetricsSettings } from '../../config/metrics-settings.ts';
import { errorMessage } from '../../os/error-code.ts';
import { inTurn } from '../../os/in-turn.ts';
import type { Daemon } from '../daemon.ts';
import { serveMetrics } from './metrics-server.ts';
import { writeMetricsFile } from './metrics-textfile.ts';
import { readMetrics } from './read-metrics.ts';

interface Way extends AsyncDisposable {
  readonly setting: number | string;
}

/** A port that is taken, or a folder that is not there, may be free or there later. */
const againMs = 60_000;

/** Keeps the configured ways out for metrics open: a port, a file. A change takes effect at once. */
export function offerMetrics(daemon: Daemon): AsyncDisposable {
  const oneAtATime = inTurn();
  const ways = new Map<string, Way>();
  let closed = false;

  const follow = async (): Promise<void> => {
    const settings: MetricsSettings = closed ? {} : (daemon.configFile.inForce()?.metrics ?? {});
    await renew('port', settings.port, async (port) => await openPort(daemon, port));
    await renew('textfile', settings.textfile, async (path) => openFile(daemon, path));
  };
  const renew = async <T extends number | string>(
    name: string,
    setting: T | undefined,
    open: (setting: T) => Promise<AsyncDisposable | undefined>,
  ): Promise<void> => {
    const before = ways.get(name);
    if (before !== undefined && before.setting === setting) return;
    ways.delete(name);
    await before?.[Symbol.asyncDispose]();
    const way = setting === undefined ? settle(daemon, name) : await open(setting);
    if (way === undefined || setting === undefined) return;
    ways.set(name, {
      setting,
      [Symbol.asyncDispose]: async () => await way[Symbol.asyncDispose](),
    });
  };
  const changed = (): void =>
    void oneAtATime(follow).catch((error: unknown) =>
      daemon.log.write('error', `metrics: ${errorMessage(error)}`),
    );
  const again = setInterval(changed, againMs).unref();
  const listening = daemon.broadcast.subscribe(({ change }) => {
    if (change.topic === 'config') changed();
  });
  changed();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(again);
      listening[Symbol.dispose]();
      closed = true;
      await oneAtATime(follow);
    },
  };
}

async function openPort(daemon: Daemon, port: number): Promise<AsyncDisposable | undefined> {
  try {
    const server = await serveMetrics(
      port,
      async () => await readMetrics(daemon),
      (why) => daemon.log.write('error', `metrics could not be read: ${why}`),
    );
    settle(daemon, 'port');
    daemon.log.write('info', `metrics are at http://127.0.0.1:${port}/metrics`);
    return server;
  } catch (error) {
    tell(daemon, 'port', `metrics are not offered on port ${port}: ${errorMessage(error)}`);
    return undefined;
  }
}

function openFile(daemon: Daemon, path: string): AsyncDisposable {
  daemon.log.write('info', `metrics are written to ${path} every minute`);
  return writeMetricsFile({
    path,
    read: async () => await readMetrics(daemon),
    onWritten(error) {
      if (error === undefined) settle(daemon, 'textfile');
      else tell(daemon, 'textfile', `metrics are not written: ${errorMessage(error)}`, path);
    },
  });
}

function settle(daemon: Daemon, way: string): undefined {
  if (daemon.overview.standing.delete(idOf(way))) daemon.overview.touch();
}

/** In the log and in PROBLEMS, once. */
function tell(daemon: Daemon, way: string, text: string, place?: string): void {
  const { standing } = daemon.overview;
  if (standing.get(idOf(way))?.text === text) return;
  daemon.log.write('warning', text);
  standing.set(idOf(way), {
    id: idOf(way),
    severity: 'warning',
    text,
    ...(place === undefined ? {} : { place }),
    hint: 'Change "metrics" in the configuration, or free what it names; it is tried again every minute.',
  });
  daemon.overview.touch();
}

function idOf(way: string): string {
  return `metrics-${way}`;
}
