import type { ResetStep } from '../../protocol/domain/service.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';

export type StepAction = ResetStep['action'];

/** The steps of a reset as the admin sees them; told to `onStep` at each change. */
export class StepBoard {
  readonly #steps: ResetStep[] = [];
  readonly #onStep: (steps: readonly ResetStep[]) => void;

  constructor(onStep: (steps: readonly ResetStep[]) => void) {
    this.#onStep = onStep;
  }

  get steps(): readonly ResetStep[] {
    return [...this.#steps];
  }

  add(action: StepAction, services: readonly string[]): void {
    for (const service of services)
      this.#steps.push({ service, action, state: 'waiting', detail: '' });
    this.#onStep(this.steps);
  }

  skip(action: StepAction, service: string, detail: string): void {
    this.#set({ service, action, state: 'skipped', detail });
  }

  /** Does one step; what it throws is on the board, and whether it came true is the answer. */
  async run(action: StepAction, service: string, work: () => Promise<void>): Promise<boolean> {
    const began = performance.now();
    const passed = () => Math.round(performance.now() - began);
    this.#set({ service, action, state: 'running', detail: '' });
    try {
      await work();
      const detail = action === 'start' ? 'healthy' : 'down';
      this.#set({ service, action, state: 'done', detail, ms: passed() });
      return true;
    } catch (error) {
      const failure = failureOf(error);
      // Nobody is there any more who could do it: that is no failure of the service.
      if (failure.code === 'interrupted') throw error;
      const detail = wordFailure(failure).message;
      this.#set({ service, action, state: 'failed', detail, ms: passed() });
      return false;
    }
  }

  #set(step: ResetStep): void {
    const same = ({ service, action }: ResetStep) =>
      service === step.service && action === step.action;
    const at = this.#steps.findIndex(same);
    this.#steps.splice(at === -1 ? this.#steps.length : at, 1, step);
    this.#onStep(this.steps);
  }
}
