import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import type { Secrets } from '../../../protocol/domain/secrets.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { restorePlan, restoreRun } from '../../../protocol/methods/restore.ts';
import { reportTexts } from '../../texts/texts.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { applicationName, typedConfirmation } from '../confirmation.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, textOf } from '../read-arguments.ts';
import { bringsNothing } from '../report/plan/brings-nothing.ts';
import { planLines } from '../report/plan-lines.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';
import {
  askedChoices,
  choiceArguments,
  consentArgument,
  typedConsents,
} from './choice-arguments.ts';
import { askedParts, partArguments } from './part-arguments.ts';
import { atArgument, wantedBackup } from './planned-backup.ts';

/** Plans, shows the plan, asks for the application's name, runs. With `--plan` only the last two. */
export const restoreRunCommand = defineCommand('restore.run', {
  cli: ['restore', 'run'],
  args: [
    { name: 'backup', kind: 'backup', positional: true },
    atArgument,
    { name: 'plan', kind: 'text', placeholder: 'PLAN' },
    { name: 'confirm', kind: 'text', placeholder: 'APPLICATION' },
    ...partArguments,
    ...choiceArguments,
    consentArgument,
    ...secretArguments,
  ],
  when: 'configured',
  danger: 'type-name',
  startsJob: true,
  examples: [
    'kedge restore run latest',
    "kedge restore run --at '2026-11-20 14:00'",
    'kedge restore run 0f3a9c1e --confirm Clinic',
    'kedge restore run latest --keep-newer',
    'kedge restore run latest --only uploads/2026 --only conf',
    'kedge restore run latest --table clinic.patient',
    'kedge restore run latest --row clinic.patient=214 --row clinic.patient=215',
    'kedge restore run latest --elsewhere /tmp/look',
    'kedge restore run latest --table clinic.patient --beside',
  ],
  confirmation: async (context) => applicationName(context),
  async run(context, args) {
    const given = await givenSecrets(context, args);
    const fresh =
      textOf(args, 'plan') === undefined ? await freshPlan(context, args, given) : undefined;
    if (fresh !== undefined && bringsNothing(fresh)) {
      const data = { outcome: 'nothing to do', plan: fresh.id };
      return { kind: 'data', data, lines: [reportTexts.done.nothingBack] };
    }
    const plan = textOf(args, 'plan') ?? fresh?.id ?? '';
    // What goes elsewhere touches nothing that is live.
    const isElsewhere = textOf(args, 'elsewhere') !== undefined || flagOf(args, 'beside');
    const confirmation = isElsewhere
      ? ''
      : await typedConfirmation(context, args, applicationName(context));
    const order = { plan, confirmation, ...(await typedConsents(context, args)), ...given };
    const { job } = await context.call(restoreRun, order, context.signal);
    return { kind: 'job', job };
  },
});

async function freshPlan(
  context: CommandContext,
  args: Arguments,
  given: { readonly secrets?: Secrets },
): Promise<RestorePlan> {
  const wanted = await wantedBackup(context, args);
  const order = { ...wanted, ...askedParts(args), ...askedChoices(args), ...given };
  const { job } = await context.call(restorePlan, order, context.signal);
  const { state } = await context.followJob(job);
  if (state.kind !== 'done' || state.result.kind !== 'plan')
    throw new KedgeError('internal', { cause: `job ${job} ended without a plan` });
  const { plan } = state.result;
  context.show(planLines(plan));
  const why = plan.obstacles.join('; ');
  if (why !== '') throw new KedgeError('restore-refused', { why });
  return plan;
}
