import { KedgeError } from '../../../protocol/failures.ts';
import { spaceClear, spaceRead } from '../../../protocol/methods/space.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { spaceTexts } from '../../texts/texts.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { typedConfirmation } from '../confirmation.ts';
import { defineCommand } from '../define-command.ts';
import { requiredText } from '../read-arguments.ts';

const kinds = ['uploads', 'differentials'] as const;

export const spaceClearCommand = defineCommand('space.clear', {
  cli: ['space', 'clear'],
  args: [
    { name: 'what', kind: 'choice', choices: kinds, positional: true, required: true },
    { name: 'store', kind: 'store', required: true },
    { name: 'confirm', kind: 'text', placeholder: 'NUMBER' },
  ],
  danger: 'type-name',
  examples: [
    'kedge space clear uploads --store local',
    'kedge space clear differentials --store local --confirm 12',
  ],
  confirmation: async (context, args) => (await offered(context, args)).count,
  async run(context, args) {
    const { count, text, cost } = await offered(context, args);
    const isAny = count !== '0';
    if (isAny && args['confirm'] === undefined) context.show([text, spaceTexts.cost(cost)]);
    const confirmation = isAny ? await typedConfirmation(context, args, count) : count;
    const order = { what: kindOf(args), store: requiredText(args, 'store'), confirmation };
    const data = await context.call(spaceClear, order, context.signal);
    const line = spaceTexts.cleared(data.removed.length, formatBytes(data.bytes));
    return { kind: 'data', data, lines: [line, ...data.removed] };
  },
});

function kindOf(args: Arguments): (typeof kinds)[number] {
  const asked = requiredText(args, 'what');
  const kind = kinds.find((one) => one === asked);
  if (kind !== undefined) return kind;
  throw new KedgeError('bad-argument', { what: 'what', problem: kinds.join(', ') });
}

/** The offer as it stands; its number is what is typed. */
async function offered(context: CommandContext, args: Arguments) {
  const [what, store] = [kindOf(args), requiredText(args, 'store')];
  const { places } = await context.call(spaceRead, {}, context.signal);
  const offer = places
    .flatMap(({ offers }) => offers)
    .find(
      ({ command, args: of }) =>
        command === 'space.clear' && of['what'] === what && of['store'] === store,
    );
  const { text, cost, count = 0 } = offer ?? { text: '', cost: '' };
  return { text, cost, count: String(count) };
}
