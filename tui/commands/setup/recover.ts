import type { Job } from '../../../protocol/domain/job.ts';
import type { RecoverOrder, RecoverPlan } from '../../../protocol/domain/recover.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { recoverPlan, recoverRun } from '../../../protocol/methods/setup.ts';
import { waitFor } from '../../store/wait-for.ts';
import { recoverTexts } from '../../texts/english/recover-texts.ts';
import type { Arguments, CommandContext, CommandOutcome } from '../command.ts';
import { typedConfirmation } from '../confirmation.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, requiredText } from '../read-arguments.ts';
import { resultLines } from '../report/job-lines.ts';
import { recoverLines } from '../report/recover-lines.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';
import { askedOrder } from './ask-recover.ts';
import { recoverOrder } from './recover-order.ts';

/** Onto an empty machine: looks at the archives, shows what would be done and what is missing, does it. */
export const recoverCommand = defineCommand('recover', {
  cli: ['recover'],
  args: [
    { name: 'archive', kind: 'path', positional: true, required: true, many: true },
    { name: 'map', kind: 'text', many: true, placeholder: 'OLD=NEW' },
    { name: 'owner', kind: 'text', many: true, placeholder: 'OLD=NEW' },
    { name: 'owners', kind: 'choice', choices: ['keep', 'me'] },
    { name: 'destination', kind: 'text', many: true, placeholder: 'NAME=FOLDER' },
    { name: 'at', kind: 'text', placeholder: 'MOMENT' },
    { name: 'replace', kind: 'flag' },
    { name: 'confirm', kind: 'text', placeholder: 'APPLICATION' },
    { name: 'plan', kind: 'flag' },
    { name: 'yes', kind: 'flag' },
    ...secretArguments,
  ],
  danger: 'none',
  needs: 'nothing',
  startsJob: true,
  examples: [
    'kedge recover /mnt/usb/clinic_full.tar.zst --plan',
    'kedge recover /mnt/usb --map /srv/clinic=/data/clinic --owner clinic=app',
  ],
  async run(context, args) {
    requiredText(args, 'archive');
    const finished = finishedBefore(context);
    if (finished !== undefined) return finished;
    const given = await givenSecrets(context, args);
    const first = await planned(context, recoverOrder(args, context), given);
    if (flagOf(args, 'plan')) return { kind: 'job', job: first.job, report: planReport };
    const { job, plan } = await decided(context, args, first, given);
    const confirmation = plan.order.replace
      ? { confirmation: await typedConfirmation(context, args, plan.application.name) }
      : {};
    const order = { planJob: job, ...confirmation, ...given };
    const started = await context.call(recoverRun, order, context.signal);
    return {
      kind: 'job',
      job: started.job,
      report: async (done) => await endReport(context, done, plan),
    };
  },
});

type Given = Awaited<ReturnType<typeof givenSecrets>>;

interface Planned {
  readonly job: number;
  readonly plan: RecoverPlan;
}

async function planned(
  context: CommandContext,
  order: RecoverOrder,
  given: Given,
): Promise<Planned> {
  const { job } = await context.call(recoverPlan, { order, ...given }, context.signal);
  const { state } = await context.followJob(job);
  if (state.kind === 'done' && state.result.kind === 'recover-plan')
    return { job, plan: state.result.plan };
  throw new KedgeError('internal', { cause: `job ${job} ended without a plan` });
}

/** Shows the plan; a person may say where things go, and then sees it anew. */
async function decided(
  context: CommandContext,
  args: Arguments,
  first: Planned,
  given: Given,
): Promise<Planned> {
  const isAsked = !flagOf(args, 'yes');
  const order = isAsked ? await askedOrder(context, args, first.plan) : undefined;
  const last = order === undefined ? first : await planned(context, order, given);
  context.show(recoverLines(last.plan));
  const why = last.plan.obstacles.join('; ');
  if (why !== '') throw new KedgeError('restore-refused', { why });
  const answer = isAsked && !last.plan.order.replace ? await context.ask(recoverTexts.ask.go) : '';
  if (/^n/i.test(answer?.trim() ?? '')) throw new KedgeError('cancelled');
  return last;
}

const finishedNote = /^recovery of job \d+: recovered/;

/** One that had been interrupted was settled when Kedge started, just now: all is there. */
function finishedBefore(context: CommandContext): CommandOutcome | undefined {
  const { snapshot } = context.store.get();
  const recovered = snapshot?.recovered.filter((note) => finishedNote.test(note)) ?? [];
  if (snapshot?.application === undefined || recovered.length === 0) return undefined;
  const { configPath, services } = snapshot;
  const lines = [
    recoverTexts.finished,
    ...recovered.map((note) => `  ${note}`),
    ...services.map(({ id, health }) => recoverTexts.runs(id, health)),
    recoverTexts.isSetUp(configPath),
  ];
  return { kind: 'data', data: { finished: recovered, configPath, services }, lines };
}

async function planReport({ state }: Job) {
  const plan =
    state.kind === 'done' && state.result.kind === 'recover-plan' ? state.result.plan : undefined;
  return { data: { plan }, lines: plan === undefined ? [] : recoverLines(plan) };
}

const takenOverMs = 30_000;

/** When its configuration is in force too. */
async function endReport(context: CommandContext, job: Job, plan: RecoverPlan) {
  const patience = AbortSignal.any([context.signal, AbortSignal.timeout(takenOverMs)]);
  await waitFor(context.store, ({ snapshot }) => snapshot?.application, patience);
  const result = job.state.kind === 'done' ? job.state.result : undefined;
  const services = result?.kind === 'restore' ? (result.restore.services ?? []) : [];
  const { configPath, missing } = plan;
  return {
    data: { job, configPath, missing },
    lines: [
      ...(result === undefined ? [] : resultLines(result)),
      ...services.map(({ id, health }) => recoverTexts.runs(id, health)),
      recoverTexts.isSetUp(configPath),
      recoverTexts.foreign,
    ],
  };
}
