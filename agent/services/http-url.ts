import type { ServiceSettings } from './settings.ts';

/** Where a service is asked over HTTP, by its first probe; undefined where that is of another kind. */
export function httpUrlOf(
  service: Pick<ServiceSettings, 'probes'> | undefined,
): string | undefined {
  const [first] = service?.probes ?? [];
  return first?.kind === 'http' ? first.url : undefined;
}
