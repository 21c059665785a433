import { doctorRun } from '../../../protocol/methods/doctor.ts';
import { defineCommand } from '../define-command.ts';
import { findingsOutcome } from './findings-outcome.ts';
import { ownFindings } from './own-findings.ts';

/** The command line runs it also where no Kedge answers. Exits with 1 where something is bad. */
export const doctorCommand = defineCommand('doctor', {
  cli: ['doctor'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge doctor', 'kedge doctor --json'],
  async run(context) {
    const { findings } = await context.call(doctorRun, {}, context.signal);
    const { connection } = context.store.get();
    const theirs = connection.kind === 'open' ? connection.session.kedgeVersion : undefined;
    return findingsOutcome([...findings, ...(await ownFindings(theirs))]);
  },
});
