import { wordMinute, wrap } from './page-lines.ts';
import type { RunbookFacts } from './runbook-facts.ts';
import { proofsSoFar, whatIsProtected, whereBackupsLie, whichKey } from './what-and-where.ts';
import { servicesInOrder, withKedge } from './with-kedge.ts';
import { withoutKedge } from './without-kedge.ts';

/** One page to print and keep away from this server: what lies where, and how it comes back. No secrets. */
export function runbookText(facts: RunbookFacts): string {
  const { config, host, nowMs, kedgeVersion, configPath } = facts;
  const { name, id, version, contact } = config.application;
  const called = `${name}${version === undefined ? '' : ` ${version}`} (${id}) on ${host}`;
  const lines = [
    ...wrap(`RUNBOOK: ${called}`, 80),
    ...wrap(`Printed ${wordMinute(nowMs)} by Kedge ${kedgeVersion} from ${configPath}`, 80),
    ...wrap(
      `Call: ${contact ?? 'nobody is named (application.contact): ____________________'}`,
      80,
    ),
    ...whatIsProtected(facts),
    ...whereBackupsLie(facts),
    ...whichKey(facts),
    ...withKedge(facts),
    ...withoutKedge(facts),
    ...servicesInOrder(facts),
    ...proofsSoFar(facts),
  ];
  return `${lines.join('\n')}\n`;
}
