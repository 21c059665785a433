import type { FlowCase } from '../support/crash/flow-case.ts';

/** Every flow that changes what is live. See README.md. */
export const flows: readonly FlowCase[] = [
  {
    name: 'restore',
    leastPoints: 100,
    async prepare(app) {
      const backup = await app.backup();
      app.changeAll();
      const plan = await app.plan(backup);
      return { run: async (work) => await app.restore(plan, work) };
    },
  },
  {
    name: 'undo',
    leastPoints: 80,
    async prepare(app) {
      const backup = await app.backup();
      app.changeAll();
      const { undo = '' } = await app.restore(await app.plan(backup), app.work(900));
      return { run: async (work) => await app.undo(undo, work) };
    },
  },
];
