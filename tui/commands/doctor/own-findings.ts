import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';
import { programFindings } from '../../host/doctor/program.ts';
import { readTerminal } from '../../host/doctor/read-terminal.ts';
import { terminalFindings } from '../../host/doctor/terminal.ts';

/** What only this side sees: its terminal, its own version. `theirs`: the version of the daemon; absent: none answers. */
export async function ownFindings(theirs?: string): Promise<readonly DoctorFinding[]> {
  return [...programFindings(theirs), ...terminalFindings(await readTerminal())];
}
