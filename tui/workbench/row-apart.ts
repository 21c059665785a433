import type { RowChoice } from '../store/ui-state.ts';
import type { ListSection } from '../widgets/section.ts';

/** A row that is not marked while others are: what is meant by it is meant for it alone. */
export function rowApart({ id, tools, keyOf }: ListSection, index: number): RowChoice | undefined {
  const isApart = (tools?.marked ?? 0) > 0 && tools?.isMarked?.(index) === false;
  const key = keyOf(index);
  return isApart && key !== '' ? { list: id, key } : undefined;
}
