import { setTimeout as pause } from 'node:timers/promises';
import { readClinicSettings } from './clinic-settings.ts';
import { ClinicWork } from './clinic-work.ts';
import { HttpError, type Reply, serve } from './http-service.ts';
import { log } from './log.ts';

const beatMs = 500;
/** Without a success for so long it calls itself ill. */
const patienceMs = 10_000;
const reportEveryMs = 60_000;

interface Pulse {
  lastSuccessMs: number | undefined;
  lastError: string | undefined;
}

/** The clinic's background service: works through the Host, and goes on when that fails. Its argument is the path of clinic.json. */
function main(settingsPath: string): void {
  const settings = readClinicSettings(settingsPath);
  const pulse: Pulse = { lastSuccessMs: undefined, lastError: undefined };
  const stopped = new AbortController();
  serve({
    name: 'agent',
    port: settings.ports.agent,
    run: settings.run,
    routes: { 'GET /health': () => health(pulse) },
    close: () => stopped.abort(),
  });
  const work = new ClinicWork(`http://127.0.0.1:${settings.ports.host}`);
  void keepWorking(work, pulse, stopped.signal);
}

function health(pulse: Pulse): Reply {
  if (pulse.lastSuccessMs === undefined) {
    throw new HttpError(503, `no work done yet: ${pulse.lastError ?? 'starting'}`);
  }
  const idleMs = Math.round(performance.now() - pulse.lastSuccessMs);
  if (idleMs > patienceMs) {
    throw new HttpError(503, `no work done for ${Math.round(idleMs / 1000)} s: ${pulse.lastError}`);
  }
  return { status: 200, json: { ok: true, idleMs } };
}

async function keepWorking(work: ClinicWork, pulse: Pulse, signal: AbortSignal): Promise<void> {
  let reportedMs = performance.now();
  while (!signal.aborted) {
    await beat(work, pulse, signal);
    if (performance.now() - reportedMs > reportEveryMs) {
      reportedMs = performance.now();
      log(`agent added ${work.takeSummary()}`);
    }
    await pause(beatMs, undefined, { signal }).catch(() => {});
  }
}

async function beat(work: ClinicWork, pulse: Pulse, signal: AbortSignal): Promise<void> {
  try {
    await work.beat(signal);
    if (pulse.lastError !== undefined) log('agent works again');
    pulse.lastError = undefined;
    pulse.lastSuccessMs = performance.now();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!signal.aborted && message !== pulse.lastError) log(`agent could not work: ${message}`);
    pulse.lastError = message;
  }
}

main(process.argv[2] ?? 'clinic.json');
