import { failureOf } from '../../protocol/failures.ts';
import type { Bench, UiCommand } from '../screens/bench.ts';
import type { ActionArgs } from '../store/action.ts';
import { spoken } from '../texts/spoken.ts';
import { wordFailure } from '../texts/word-failure.ts';
import { reasonOfOwn } from './disabled-reason.ts';

/** Runs a command of the workbench; what stands against it, or fails, becomes a message. */
export async function runOwn(bench: Bench, command: UiCommand, args: ActionArgs): Promise<void> {
  const reason = reasonOfOwn(command, bench.model());
  if (reason !== undefined) {
    bench.notify('warning', `${spoken(command.title)}: ${spoken(reason)}`);
    return;
  }
  try {
    await command.run(bench, args);
  } catch (error) {
    bench.notify('error', wordFailure(failureOf(error)).message);
  }
}
