import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import { findPolkit } from '../../install/polkit-version.ts';
import type { DoctorFacts } from '../facts.ts';

const area = 'services';
const thing = 'polkit';
const why =
  'By its rule Kedge may control exactly the units of the application, without being root.';

/** Only who is not root and has units to control needs it. Whether it allows each is asked with the services. */
export async function checkPolkit({ config }: DoctorFacts): Promise<readonly DoctorFinding[]> {
  const units = Object.values(config?.services ?? {}).filter(
    ({ manager }) => manager === 'systemd',
  );
  if (units.length === 0 || process.geteuid?.() === 0) return [];
  const polkit = await findPolkit();
  if (polkit === undefined) {
    const text = 'not installed, or its version is not known';
    const command = 'sudo apt-get install polkitd';
    return [{ area, tone: 'bad', thing, text, why, cure: 'Install it.', command }];
  }
  const { version: text, hasRules } = polkit;
  if (hasRules) return [{ area, tone: 'ok', thing, text }];
  const cure = 'Update it to 0.106 or newer, or let Kedge run as root.';
  const old = `${text}: it knows no rules for single units`;
  return [{ area, tone: 'bad', thing, text: old, why, cure }];
}
