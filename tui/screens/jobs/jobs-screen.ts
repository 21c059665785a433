import * as z from 'zod';
import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import { jobShow } from '../../../protocol/methods/job.ts';
import type { Action } from '../../store/action.ts';
import { texts } from '../../texts/texts.ts';
import type { Model, Screen, UiCommand } from '../bench.ts';
import { chosenIn, orderForAll } from '../chosen-rows.ts';
import { openPage } from '../navigate.ts';
import { followJob, readLog } from './follow-job.ts';
import { jobList } from './job-row.ts';
import { jobInFront, jobListId, jobSections } from './jobs-view.ts';

const words = texts.jobs;
const category = texts.workbench.views.jobs;
const JobArgs = z.object({ job: z.int() });

export const jobsScreen: Screen = {
  id: 'jobs',
  title: category,
  sections: jobSections,
  onOutcome(bench, command, outcome) {
    // Its page fills with what differs.
    if (command === 'backup.diff' && outcome.kind === 'job')
      bench.run({ command: 'jobs.show', args: { job: outcome.job } });
  },
  live: {
    key: ({ pages, places }) => {
      const page = pages.jobs;
      return page?.kind === 'job' ? `job ${page.job}` : `list ${places[jobListId]?.key ?? ''}`;
    },
    async run(bench, _key, signal) {
      await followJob(bench, () => jobInFront(bench.model()), signal);
    },
  },
  commands: [
    {
      id: 'jobs.show',
      title: words.commands.show,
      category,
      internal: true,
      run(bench, args) {
        const { job } = JobArgs.parse(args);
        openPage(bench, 'jobs', { kind: 'job', job }, 'job.log');
        if (bench.model().state.snapshot?.jobs.every(({ id }) => id !== job) === true) {
          bench.load('job', String(job), async () => {
            return (await bench.session.call(jobShow, { job })).job;
          });
        }
        readLog(bench, job);
      },
    },
    onSelected('jobs.cancel', words.commands.cancel, (job) =>
      isFinished(job)
        ? { command: 'notify', args: { text: words.over } }
        : { command: 'job.cancel', args: { job: job.id } },
    ),
    onSelected('jobs.retry', words.commands.retry, (job) =>
      job.state.kind === 'failed' || job.state.kind === 'cancelled'
        ? { command: 'job.retry', args: { job: job.id } }
        : { command: 'notify', args: { text: words.notFailed } },
    ),
    onSelected('jobs.copy', words.commands.copy, (job) => ({
      command: 'copy',
      args: { text: job.command },
    })),
  ],
  bindings: [
    { key: 'esc', command: 'back', when: 'page == job', hint: words.hints.back },
    { key: 'y', command: 'jobs.copy', hint: words.hints.copy },
    { key: 't', command: 'jobs.retry', hint: words.hints.retry },
    { key: 'c', command: 'jobs.cancel', hint: words.hints.cancel },
    { key: 'enter', command: 'open', when: 'region == jobs.list', hint: words.hints.show },
  ],
};

function onSelected(id: string, title: string, action: (job: Job) => Action): UiCommand {
  return {
    id,
    title,
    category,
    disabledReason: (model) => reasonFor(model, action),
    run(bench) {
      const jobs = currentJobs(bench.model());
      if (id === 'jobs.copy') bench.run(copyOf(jobs));
      else orderForAll(bench, jobs, { title, action, nameOf: (job) => `${job.id} ${job.title}` });
    },
  };
}

/** Undefined: there is a job here that it can be done with. */
function reasonFor(model: Model, action: (job: Job) => Action): string | undefined {
  if ((model.state.snapshot?.jobs ?? []).length === 0) return words.noneShort;
  const actions = currentJobs(model).map(action);
  const reasons = actions.flatMap(({ command, args }) =>
    command === 'notify' ? String(args?.['text']) : [],
  );
  return reasons.length === actions.length ? reasons[0] : undefined;
}

/** The one whose page is open, else the marked ones, else the selected one. */
function currentJobs(model: Model): readonly Job[] {
  const { state, ui } = model;
  const jobs = state.snapshot?.jobs ?? [];
  const page = ui.pages.jobs;
  if (ui.view === 'jobs' && page?.kind === 'job' && ui.part === 'editor') {
    return jobs.filter(({ id }) => id === page.job);
  }
  const isOnScreen = ui.view === 'jobs' && ui.part === 'editor';
  return chosenIn(model, jobList(model, isOnScreen ? jobListId : 'panel.jobs', !isOnScreen));
}

function copyOf(jobs: readonly Job[]): Action {
  return { command: 'copy', args: { text: jobs.map(({ command }) => command).join('\n') } };
}
