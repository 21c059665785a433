import { capabilitiesFor } from './capabilities.ts';
import { guardFiles } from './guard-files.ts';
import { ownUnit, type UnitFile, type UnitOrder, unitFolder } from './unit-order.ts';
import { unitText } from './unit-text.ts';
import { writablePaths } from './writable-paths.ts';

export const serviceState = '/var/lib/kedge';

/** All files of systemd's that an installation has; `guardUnit` (if it is among them) and `ownUnit` are to be enabled. */
export function unitFiles(order: UnitOrder): readonly UnitFile[] {
  return [
    {
      path: `${unitFolder}/${ownUnit}`,
      text: unitText(order),
      reason: `Kedge runs as the user "${order.user}", at every boot; ${rights(order)}`,
    },
    ...guardFiles(order.config, serviceState),
  ];
}

/** Shown before somebody agrees: the configuration, which Kedge itself may write, decides them. */
function rights({ access, config }: UnitOrder): string {
  const names = capabilitiesFor(access).map(({ name }) => name);
  const paths = writablePaths(config).map(({ path }) => path);
  return `it writes below ${paths.join(', ')}, with ${names.join(' ') || 'no capabilities'}`;
}
