import { guardFiles } from './guard-files.ts';
import { ownUnit, type UnitFile, type UnitOrder, unitFolder } from './unit-order.ts';
import { unitText } from './unit-text.ts';

export const serviceState = '/var/lib/kedge';

/** All files of systemd's that an installation has; `guardUnit` (if it is among them) and `ownUnit` are to be enabled. */
export function unitFiles(order: UnitOrder): readonly UnitFile[] {
  return [
    {
      path: `${unitFolder}/${ownUnit}`,
      text: unitText(order),
      reason: `Kedge runs as the user "${order.user}", at every boot`,
    },
    ...guardFiles(order.config, serviceState),
  ];
}
