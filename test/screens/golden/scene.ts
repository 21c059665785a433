import type { FakeKedge } from '../../support/fake-kedge.ts';
import type { TestWorkbench } from '../../support/test-workbench.ts';

/** What is waited for, and then the keys. */
export type Step = readonly [shown: string | RegExp, ...keys: readonly string[]];

/** One look of the workbench, reached by keys from its start. */
export interface Scene {
  /** Heading in the file of golden screens. */
  readonly name: string;
  /** What Kedge knows and answers, before the workbench starts. */
  readonly kedge?: (fake: FakeKedge) => void;
  readonly steps: readonly Step[];
  /** What no key does, after the steps. */
  readonly after?: (screen: TestWorkbench, fake: FakeKedge) => void;
  /** On the screen in the end, at every size. */
  readonly shows?: string | RegExp;
}

export const key = {
  enter: '\r',
  esc: '\u001B',
  tab: '\t',
  backTab: '\u001B[Z',
  up: '\u001B[A',
  down: '\u001B[B',
  right: '\u001B[C',
  left: '\u001B[D',
  clear: '\u0015',
} as const;
