import { type RunningKedge, startKedgeThrough } from './kedge.ts';
import { builtProgram } from './programs.ts';

/** A real daemon whose alarms settle in less than a second. `before`: a line of shell that comes first, as root. */
export async function startQuickKedge(home: string, before?: string): Promise<RunningKedge> {
  const script = `${before === undefined ? '' : `${before} && `}exec "$1" '${builtProgram('quick-daemon')}'`;
  const alone = before === undefined ? [] : ['unshare', '-rm'];
  return await startKedgeThrough([...alone, 'sh', '-c', script, 'sh'], home);
}
