import { glob, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Where a server of Debian's packages has its data, and the unit that runs it. */
export interface DebianCluster {
  readonly data: string;
  readonly unit: string;
}

/** By the port it listens at; undefined: it was made otherwise, or its configuration is not to be read. */
export async function findDebianCluster(
  port: string,
  folder = '/etc/postgresql',
): Promise<DebianCluster | undefined> {
  for await (const path of glob(join(folder, '*', '*', 'postgresql.conf'))) {
    const text = await readFile(path, 'utf8').catch(() => '');
    const data = /^data_directory\s*=\s*'([^']+)'/m.exec(text)?.[1];
    if (data === undefined || /^port\s*=\s*(\d+)/m.exec(text)?.[1] !== port) continue;
    const cluster = dirname(path);
    const unit = `postgresql@${basename(dirname(cluster))}-${basename(cluster)}.service`;
    return { data, unit };
  }
  return undefined;
}
