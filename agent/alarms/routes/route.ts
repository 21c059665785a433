import type { Message } from '../message.ts';

/** One way of telling. A new one is a file here, a line in open-route.ts and its settings. */
export interface Route {
  readonly kind: 'command' | 'webhook' | 'mail' | 'ping';
  /** Where to, without secrets. */
  readonly to: string;
  /** Takes several at once, as one. */
  readonly folds: boolean;
  /** Ends when the other side has taken them; throws NotSent where it has not. */
  send(messages: readonly Message[], signal: AbortSignal): Promise<void>;
}

/** Why nothing was sent. `final`: trying again would not help. */
export class NotSent extends Error {
  readonly final: boolean;
  constructor(problem: string, options: ErrorOptions & { readonly final?: boolean } = {}) {
    super(problem, options);
    this.name = 'NotSent';
    this.final = options.final ?? false;
  }
}
