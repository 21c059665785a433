import { dirname, join } from 'node:path';
import { serviceState } from '../unit/unit-files.ts';
import { configFolder } from '../unit/writable-paths.ts';

/** Where an installed Kedge has what it keeps. */
export const installedPlaces = {
  configFolder,
  config: join(configFolder, 'kedge.jsonc'),
  state: serviceState,
  /** The state as it was before the last upgrade. */
  savedState: `${serviceState}-before-upgrade`,
  socket: '/run/kedge/kedge.sock',
  rule: '/etc/polkit-1/rules.d/50-kedge.rules',
  link: '/usr/local/bin/kedge',
} as const;

export function currentLink(prefix: string): string {
  return join(prefix, 'current');
}

/** The launcher of whatever version is current. */
export function installedLauncher(prefix: string): string {
  return join(currentLink(prefix), 'tui', 'kedge');
}

/** Drop-ins lie in folders of their own, which go with the last one. */
export function isDropIn(path: string): boolean {
  return dirname(path).endsWith('.d') && path.endsWith('.conf');
}
