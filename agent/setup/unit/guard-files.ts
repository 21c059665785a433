import type { Config } from '../../config/config.ts';
import { holdsSources } from '../../config/holds-sources.ts';
import { guardPath } from '../../restore/guard.ts';
import { guardUnit, ownUnit, type UnitFile, unitFolder } from './unit-order.ts';

/** At most so long does a boot wait for Kedge to put half-exchanged data right, seconds. */
const waitAtMostSeconds = 600;

/**
 * What keeps the configured units from starting on data that a restore has exchanged by half. At a boot they wait
 * for `guardUnit`, which ends at once where there is no guard; they do not wait for Kedge itself: an ill
 * Kedge must not hold up the application, and what it starts or stops while it starts or stops itself would wait
 * for it, and it for that. A server that holds a source has to run while that is put right, and always holds a whole one.
 */
export function guardFiles(config: Config, stateFolder: string): readonly UnitFile[] {
  const guarded = Object.entries(config.services ?? {}).filter(
    ([, service]) => !holdsSources(service, config),
  );
  const units = configuredUnits({ services: Object.fromEntries(guarded) });
  if (units.length === 0) return [];
  const marker = guardPath(stateFolder);
  return [
    {
      path: `${unitFolder}/${guardUnit}`,
      text: guardUnitText(marker),
      reason: 'at a boot in the middle of a restore, units wait until Kedge has put the data right',
    },
    ...units.map((unit) => ({
      path: `${unitFolder}/${unit}.d/50-kedge-guard.conf`,
      text: dropInText(marker),
      reason: `${unit} does not start on data that a restore has exchanged by half`,
    })),
  ];
}

/** Of the services with the systemd manager, each once. */
export function configuredUnits(config: Pick<Config, 'services'>): readonly string[] {
  const units = Object.values(config.services ?? {}).flatMap((service) =>
    service.manager === 'systemd' ? [service.unit] : [],
  );
  return [...new Set(units)];
}

function dropInText(marker: string): string {
  return `# Made by "kedge install". While "${marker}" is there, a restore has exchanged the data by half:
# Kedge takes it away when all of it is in place or back ("systemctl status ${ownUnit}"). If Kedge can't be made to
# run and you have looked at the data yourself, take it away by hand and start this unit: rm ${marker}
[Unit]
After=${guardUnit}
ConditionPathExists=!${marker}
`;
}

function guardUnitText(marker: string): string {
  return `# Made by "kedge install".
[Unit]
Description=Wait until Kedge has put right what a restore left half done
ConditionPathExists=${marker}

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'while [ -e "$$0" ] && ! systemctl -q is-failed ${ownUnit}; do sleep 0.5; done' ${marker}
TimeoutStartSec=${waitAtMostSeconds}

[Install]
WantedBy=multi-user.target
`;
}
