import { KedgeError } from '../../../protocol/failures.ts';
import type { Config } from '../../config/config.ts';
import { polkitRule } from '../../services/systemd/polkit-rule.ts';
import { showProperties } from '../../services/systemd/unit-facts.ts';
import { configuredUnits } from '../unit/guard-files.ts';
import { lookAtSources, type User } from '../unit/source-access.ts';
import { unitFiles } from '../unit/unit-files.ts';
import { ownUnit, type UnitFile } from '../unit/unit-order.ts';
import { installedLauncher, installedPlaces } from './install-places.ts';
import { findPolkit } from './polkit-version.ts';

export interface SystemdOrder {
  readonly config: Config | undefined;
  readonly user: string;
  readonly prefix: string;
  readonly groups: readonly string[];
  /** The same user, as the kernel sees it. */
  readonly asked: User;
}

/** Until something is configured Kedge runs and protects nothing. */
const nothingYet: Config = {
  application: { id: 'unset', name: 'nothing yet' },
  sources: {},
  stores: {},
};

/** What systemd is to read. */
export async function systemdFiles(
  { config = nothingYet, user, prefix, groups, asked }: SystemdOrder,
  signal: AbortSignal,
): Promise<readonly UnitFile[]> {
  const access = await lookAtSources(config.sources, asked, signal);
  return unitFiles({ config, user, groups, program: installedLauncher(prefix), access });
}

/** By which Kedge's user may control exactly the configured units, what triggers them, and its own. */
export async function polkitFile(
  user: string,
  config: Config | undefined,
  signal: AbortSignal,
): Promise<{ readonly files: readonly UnitFile[]; readonly notes: readonly string[] }> {
  const configured = config === undefined ? [] : configuredUnits(config);
  const polkit = await findPolkit();
  if (polkit?.hasRules !== true) {
    const why = polkit === undefined ? 'is not installed' : `is ${polkit.version}`;
    if (configured.length > 0)
      throw new KedgeError('polkit-unfit', { why, units: configured.join(', ') });
    return { files: [], notes: [`polkit ${why}: Kedge can not start itself anew`] };
  }
  const units = [...configured, ...(await triggersOf(configured, signal)), ownUnit];
  const what = units.join(', ');
  const reason = `the user "${user}" may start and stop ${what}, and nothing else`;
  return {
    files: [{ path: installedPlaces.rule, text: polkitRule(user, units), reason }],
    notes: [],
  };
}

/** Sockets, timers and paths would start a unit again that was stopped. */
async function triggersOf(
  units: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const shown = await showProperties(units, ['TriggeredBy'], signal);
  const triggers = [...shown.values()].flatMap((unit) =>
    (unit.get('TriggeredBy') ?? '').split(' '),
  );
  return [...new Set(triggers)].filter((unit) => unit !== '').toSorted();
}
