import { once } from 'node:events';
import type { DrillProbe } from '../../protocol/domain/drill.ts';
import type { DrillProbeSettings } from '../config/drill-settings.ts';
import { freePort } from '../os/free-port.ts';
import type { Work } from '../os/work.ts';
import { probe } from '../services/probe.ts';
import { startTrial, type TrialProcess } from './trial-process.ts';

export interface ApplicationTrial {
  readonly drill: string;
  readonly settings: DrillProbeSettings;
  /** Path of the copy of each source. */
  readonly copies: ReadonlyMap<string, string>;
  readonly folder: string;
}

const defaultSeconds = 60;

/** Starts the application on the copy, waits until it answers as it should, and ends it again. */
export async function tryApplication(trial: ApplicationTrial, work: Work): Promise<DrillProbe> {
  const { settings, copies, drill, folder } = trial;
  const port = await freePort();
  const fill = (text: string): string => fillIn(text, copies, port);
  const command = settings.command.map(fill);
  const environment = mapValues(settings.environment ?? {}, fill);
  const ready = { ...settings.ready, url: fill(settings.ready.url) };
  work.progress(`start the application on the copy, port ${port}`, 0, 0);
  const began = performance.now();
  await using application = startTrial({ drill, command, environment, folder });
  const seconds = settings.timeoutSeconds ?? defaultSeconds;
  const answer = await waitUntilReady(application, ready, seconds, work.signal);
  work.progress('stop the application again', 0, 0);
  return { ...answer, seconds: Math.round((performance.now() - began) / 100) / 10 };
}

async function waitUntilReady(
  application: TrialProcess,
  ready: DrillProbeSettings['ready'],
  seconds: number,
  signal: AbortSignal,
): Promise<Pick<DrillProbe, 'ready' | 'text'>> {
  const deadline = AbortSignal.timeout(seconds * 1000);
  for (;;) {
    const answer = await probe(ready, signal);
    const ended = application.ended();
    if (ended !== undefined) return await failed(application, ended);
    if (answer.ok) return { ready: true, text: answer.text };
    const late = `it was not ready within ${seconds} s (${answer.text})`;
    if (deadline.aborted) return await failed(application, late);
    // Nobody tells when it begins to answer.
    await once(AbortSignal.timeout(100), 'abort');
  }
}

async function failed(
  application: TrialProcess,
  why: string,
): Promise<Pick<DrillProbe, 'ready' | 'text'>> {
  const line = await application.lastLine();
  return { ready: false, text: line === '' ? why : `${why}: ${line}` };
}

/** What is in braces and no name of these stays as it is. */
function fillIn(text: string, copies: ReadonlyMap<string, string>, port: number): string {
  return text.replaceAll(/\{([a-z0-9-]+)\}/g, (whole, name: string) =>
    name === 'port' ? String(port) : (copies.get(name) ?? whole),
  );
}

function mapValues(
  texts: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, change(text)]));
}
