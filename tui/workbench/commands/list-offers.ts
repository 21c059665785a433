import type { Offer, PickerMode } from '../../store/overlay-state.ts';
import { texts } from '../../texts/texts.ts';
import type { Copyable } from '../../widgets/section.ts';
import type { ToolList } from './list-target.ts';

const words = texts.lists;

type Offers = Omit<Extract<PickerMode, { kind: 'offers' }>, 'kind'>;

/** Each column, shown or hidden; the last one that is shown stays. */
export function columnOffers({ id, tools }: ToolList): Offers {
  const shown = tools.columns.filter((column) => column.shown).length;
  const offers = tools.columns.map(
    (column): Offer => ({
      title: column.title,
      detail: column.shown ? words.shown : words.hidden,
      action: { command: 'list.column', args: { list: id, column: column.id } },
      ...(column.shown && shown === 1 ? { disabled: words.lastColumn } : {}),
    }),
  );
  return { title: words.columnsTitle, offers };
}

/** What can be copied of the marked rows, or else of the selected one. */
export function copyOffers({ tools, count }: ToolList, selected: number): Offers {
  const marked = Array.from({ length: count }, (_, index) => index).filter(
    (index) => tools.isMarked?.(index) === true,
  );
  if (marked.length < 2) return { title: words.copyTitle, offers: offersOf([selected], tools) };
  return { title: words.copyOf(marked.length), offers: offersOf(marked, tools) };
}

/** Of several rows a line each. */
function offersOf(rows: readonly number[], { copies }: ToolList['tools']): readonly Offer[] {
  const all = rows.flatMap((row) => copies(row));
  return [...Map.groupBy(all, ({ title }) => title)].map(([title, ofTitle]) =>
    offerOf(title, ofTitle),
  );
}

function offerOf(title: string, copies: readonly Copyable[]): Offer {
  const text = copies.map((copy) => copy.text).join('\n');
  return { title, detail: copies[0]?.text ?? '', action: { command: 'copy', args: { text } } };
}
