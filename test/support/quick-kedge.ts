import { fileURLToPath } from 'node:url';
import { type RunningKedge, startKedgeThrough } from './kedge.ts';

const entry = fileURLToPath(new URL('quick-daemon.ts', import.meta.url));

/** A real daemon whose alarms settle in less than a second. `before`: a line of shell that comes first, as root. */
export async function startQuickKedge(home: string, before?: string): Promise<RunningKedge> {
  const script = `${before === undefined ? '' : `${before} && `}exec "$1" '${entry}'`;
  const alone = before === undefined ? [] : ['unshare', '-rm'];
  return await startKedgeThrough([...alone, 'sh', '-c', script, 'sh'], home);
}
