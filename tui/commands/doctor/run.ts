import { doctorRun } from '../../../protocol/methods/doctor.ts';
import { defineCommand } from '../define-command.ts';
import { textOf } from '../read-arguments.ts';
import { findingsOutcome } from './findings-outcome.ts';
import { ownFindings } from './own-findings.ts';
import { reaching } from './reaching.ts';

/** The command line runs it also where no Kedge answers. Exits with 1 where something is bad. */
export const doctorCommand = defineCommand('doctor', {
  cli: ['doctor'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge doctor', 'kedge doctor --json'],
  async run(context, args) {
    const { findings } = await context.call(doctorRun, {}, context.signal);
    const { connection } = context.store.get();
    const theirs = connection.kind === 'open' ? connection.session.kedgeVersion : undefined;
    const all = [...findings, ...(await ownFindings(theirs))];
    return findingsOutcome(reaching(all, textOf(args, 'reach') ?? ''));
  },
});
