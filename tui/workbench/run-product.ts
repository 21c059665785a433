import { failureOf, KedgeError } from '../../protocol/failures.ts';
import type { Arguments, Command, CommandOutcome } from '../commands/command.ts';
import { commandLine } from '../commands/command-line.ts';
import { createContext, type Interaction } from '../commands/create-context.ts';
import { refuseRelativePaths } from '../commands/refuse-relative-paths.ts';
import { findCommand } from '../commands/registry.ts';
import type { Bench, Model } from '../screens/bench.ts';
import { refusingButton } from '../screens/refusing-button.ts';
import type { Action, ActionArgs } from '../store/action.ts';
import type { DialogButton } from '../store/overlay-state.ts';
import { withCommandLine } from '../store/reducer.ts';
import { spoken } from '../texts/spoken.ts';
import { texts, transferTexts } from '../texts/texts.ts';
import { wordFailure } from '../texts/word-failure.ts';
import { textState } from '../widgets/text-edit.ts';
import { missingArgument } from './argument-items.ts';
import { consentBody, knownConfirmation } from './consent-body.ts';
import { offerWay, titleOf } from './offer-way.ts';
import { changesSomething } from './read-only.ts';
import { roleReason } from './role-reason.ts';
import { printedBy, tell, tellAll } from './tell-outcome.ts';

export interface ProductRunner {
  /** Asks for what is missing and for consent, then runs. */
  run(command: Command, args: ActionArgs): Promise<void>;
  /** One after the other, without asking. */
  runAll(actions: readonly Action[], title?: string): Promise<void>;
}

export interface ProductOptions {
  readonly bench: Bench;
  readonly editText: Interaction['editText'];
  readonly onOutcome: (command: string, outcome: CommandOutcome) => void;
  readonly signal: AbortSignal;
}

/** Longer without an answer, it is said that one is awaited. */
const slowMs = 300;

/** Runs commands of the product in the workbench: arguments by the palette, consent by a dialog. */
export function createProductRunner(options: ProductOptions): ProductRunner {
  const { bench, signal } = options;
  const context = createContext(
    bench.session,
    {
      show: () => undefined,
      ask: async () => undefined,
      // A secret is typed where nothing of it stays on a screen.
      askSecret: async () => {
        throw new KedgeError('unavailable', texts.workbench.secretHere);
      },
      editText: options.editText,
      onJob: () => undefined,
      onProgress: ({ step, bytesDone, bytesTotal, rate, etaSeconds }) => {
        const words = transferTexts.progress(step, bytesDone, bytesTotal, rate, etaSeconds);
        bench.notify('muted', words);
      },
      note: (line) => bench.notify('muted', line),
    },
    signal,
  );

  const askArgument = (command: Command, args: ActionArgs, asks: string): void =>
    bench.updateUi((ui) => ({
      ...ui,
      overlay: {
        kind: 'picker',
        mode: { kind: 'argument', command: command.id, args, asks },
        field: textState(''),
        place: { selected: 0, top: 0 },
      },
    }));

  const askConsent = async (command: Command, args: ActionArgs): Promise<void> => {
    const { danger } = command;
    const body = consentBody(command, args, bench.model());
    const acts = { label: spoken(command.title), action: { command: command.id, args } };
    const words = commandLine(command, argumentsOf(args));
    const other: readonly DialogButton[] = [
      refusingButton(command.id),
      ...(words === undefined
        ? []
        : [
            {
              label: texts.workbench.copyCommand,
              action: { command: 'copy', args: { text: words } },
            },
          ]),
    ];
    const buttons = [...other, acts];
    if (danger === 'type-name' && command.confirmation !== undefined) {
      const expected =
        knownConfirmation(command, args, bench.model()) ??
        (await command.confirmation(context, argumentsOf(args)));
      const typed = { expected, field: textState('') };
      bench.ask({ title: spoken(command.title), body, tone: 'error', buttons, typed });
      return;
    }
    const confirmed = { ...acts.action, args: { ...args, confirmed: true } };
    const agreed = [refusingButton(command.id), { ...acts, action: confirmed }];
    bench.ask({ title: spoken(command.title), body, tone: 'warning', buttons: agreed });
  };

  const underWay = new Set<string>();
  /** Over a slow line a key is pressed twice soon: the same again is not asked before its answer came. */
  const execute = async (command: Command, args: Arguments, say = tell): Promise<void> => {
    const asked = `${command.id} ${JSON.stringify(args)}`;
    const title = spoken(command.title);
    if (underWay.has(asked)) {
      bench.notify('muted', texts.workbench.underWay(title));
      return;
    }
    underWay.add(asked);
    const slow = setTimeout(() => bench.notify('muted', texts.workbench.asking(title)), slowMs);
    try {
      await executeOnce(command, args, say);
    } finally {
      clearTimeout(slow);
      underWay.delete(asked);
    }
  };

  const executeOnce = async (
    command: Command,
    args: Arguments,
    say: typeof tell,
  ): Promise<void> => {
    if (bench.session.store.get().server !== undefined) refuseRelativePaths(command, args);
    const words = commandLine(command, args);
    if (words !== undefined) {
      bench.session.store.update((state) => withCommandLine(state, words, Date.now()));
    }
    const outcome = await command.run(context, args);
    say(bench, command, outcome);
    options.onOutcome(command.id, outcome);
  };

  return {
    async runAll(actions, title = titleOf(actions)) {
      const refused: string[] = [];
      const printed: string[] = [];
      const keep: typeof tell = (_bench, command, outcome) => {
        const lines = printedBy(command, outcome);
        if (lines.length === 0) tell(bench, command, outcome);
        printed.push(...lines);
      };
      for (const [at, { command: id, args = {} }] of actions.entries()) {
        const command = findCommand(id);
        if (command === undefined || signal.aborted) return;
        try {
          await execute(command, argumentsOf(args), keep);
        } catch (error) {
          const failure = failureOf(error);
          // The others would meet the same job.
          if (offerWay(bench, actions.slice(at), failure, refused)) return;
          refused.push(wordFailure(failure).message);
        }
      }
      tellAll(bench, title, { count: actions.length, refused, printed });
    },
    async run(command, args) {
      if (bench.model().ui.readOnly && changesSomething(command)) {
        bench.notify('warning', `${spoken(command.title)}: ${texts.workbench.readOnly.reason}`);
        return;
      }
      const refusal = roleReason(command.id, bench.model().state);
      if (refusal !== undefined)
        return bench.notify('warning', `${spoken(command.title)}: ${refusal}`);
      const missing = missingArgument(command.id, args);
      if (missing !== undefined) return askArgument(command, args, missing.name);
      try {
        if (needsConsent(command, args, bench.model())) await askConsent(command, args);
        else await execute(command, argumentsOf(args));
      } catch (error) {
        const failure = failureOf(error);
        if (offerWay(bench, [{ command: command.id, args }], failure)) return;
        const { message, hint } = wordFailure(failure);
        bench.notify('error', hint === undefined ? message : `${message}. ${hint}`);
      }
    },
  };
}

/** Settings can only make more of it ask. */
function needsConsent(command: Command, args: ActionArgs, { settings }: Model): boolean {
  const always = settings.confirmations === 'always' && changesSomething(command);
  if (command.danger === 'none' && !always) return false;
  return args['confirm'] === undefined && args['confirmed'] !== true;
}

/** Without what only the workbench adds. */
function argumentsOf(args: ActionArgs): Arguments {
  const { confirmed: _confirmed, ...rest } = args;
  return rest as Arguments;
}
