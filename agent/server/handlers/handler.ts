import type * as z from 'zod';
import type { Method } from '../../../protocol/method.ts';
import type { Daemon } from '../daemon.ts';
import type { Asker } from '../door.ts';

/** Answers one method. Registered in handlers.ts with its method constant: one line each. */
export interface Handler {
  readonly method: Method<z.ZodType, z.ZodType>;
  readonly run: (
    daemon: Daemon,
    params: unknown,
    signal: AbortSignal,
    asker: Asker,
  ) => Promise<unknown>;
}

/** Binds a method to what answers it; params are decoded and the role is asked for by the connection before. */
export function handle<P extends z.ZodType, R extends z.ZodType>(
  method: Method<P, R>,
  run: (
    daemon: Daemon,
    params: z.infer<P>,
    signal: AbortSignal,
    asker: Asker,
  ) => Promise<z.input<R>>,
): Handler {
  return {
    method,
    run: async (daemon, params, signal, asker) =>
      await run(daemon, method.params.parse(params), signal, asker),
  };
}
