import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';

/** They work on this machine without asking any Kedge, so that no socket is theirs. */
const local = /^kedge (init|install|uninstall|daemon|demo|recover|help)\b/;

/** The cures as they reach the Kedge that was asked: with the options that led to it. `reach`: quoted, '' for none. */
export function reaching(
  findings: readonly DoctorFinding[],
  reach: string,
): readonly DoctorFinding[] {
  if (reach === '') return findings;
  return findings.map((finding) => {
    const { command } = finding;
    if (command?.startsWith('kedge ') !== true || local.test(command)) return finding;
    return { ...finding, command: `kedge ${reach}${command.slice('kedge'.length)}` };
  });
}
