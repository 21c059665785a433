import { probeHttp } from './probes/http.ts';
import type { ProbeSettings } from './settings.ts';

/** `text`: what was asked and what came, in a few words: "GET /health 200 in 3 ms". */
export interface ProbeAnswer {
  readonly ok: boolean;
  readonly text: string;
}

/** Asks a service, within the probe's own deadline; the registry of probe kinds. */
export async function probe(settings: ProbeSettings, signal: AbortSignal): Promise<ProbeAnswer> {
  switch (settings.kind) {
    case 'http':
      return await probeHttp(settings, signal);
    default:
      return settings.kind satisfies never;
  }
}
