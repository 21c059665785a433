import { restoreTerminal, type TextSink } from './terminal-modes.ts';

const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Whatever ends the program, the terminal comes back as it was: signals leave in order, a crash
 * restores at once and says what happened.
 */
export function guardTerminal(output: TextSink, onSignal: (exitCode: number) => void): Disposable {
  const handlers = Object.entries(signals).map(([signal, code]) => {
    const handler = (): void => onSignal(code);
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  const onCrash = (error: unknown): void => {
    restoreTerminal(output);
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`kedge: the window met a fault of its own, Kedge goes on: ${words}\n`);
    process.exit(1);
  };
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  return {
    [Symbol.dispose]() {
      for (const off of handlers) off();
      process.off('uncaughtException', onCrash);
      process.off('unhandledRejection', onCrash);
    },
  };
}
