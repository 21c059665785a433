import { Keep } from '../../../protocol/domain/schedule.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { latinDigits } from '../../texts/typed-date.ts';

const parts = ['last', 'daily', 'weekly', 'monthly', 'yearly'] as const;

/** "last 3, daily 7, weekly 4, monthly 12", as typed; nothing typed: undefined. */
export function keepFrom(text: string): Keep | undefined {
  const found: Record<string, number> = {};
  for (const piece of latinDigits(text).split(/[,،]/)) {
    const words = piece.trim().toLowerCase();
    if (words === '') continue;
    const [, part, count] =
      /^(last|daily|weekly|monthly|yearly) +([1-9]\d{0,4})$/.exec(words) ?? [];
    if (part === undefined)
      return wrong(`"${piece.trim()}" is not one of ${parts.join(', ')} with a number`);
    if (found[part] !== undefined) return wrong(`"${part}" stands there twice`);
    found[part] = Number(count);
  }
  if (Object.keys(found).length === 0) return undefined;
  const keep = Keep.safeParse(found);
  return keep.success
    ? keep.data
    : wrong(`"${keep.error.issues[0]?.path.join('')}" is too large a number`);
}

/** The same words back. */
export function keepWords(keep: Keep): string {
  return parts
    .flatMap((part) => (keep[part] === undefined ? [] : [`${part} ${keep[part]}`]))
    .join(', ');
}

function wrong(problem: string): never {
  throw new KedgeError('bad-argument', {
    what: 'keep',
    problem: `${problem}. Example: "last 3, daily 7, weekly 4"`,
  });
}
