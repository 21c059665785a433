import { latinDigits } from '../../texts/typed-date.ts';
import { textState } from '../../widgets/text-edit.ts';
import type { FrameSources } from '../frame.ts';

/** In a menu that is read aloud a number chooses, where it is not too great; all else filters as ever. */
export function numberedItems(itemsOf: FrameSources['itemsOf']): FrameSources['itemsOf'] {
  return (overlay, focus) => {
    if (overlay.kind !== 'picker' && overlay.kind !== 'keys') return itemsOf(overlay, focus);
    const text = latinDigits(overlay.field.text);
    const chosen = /^\d{1,3}$/.test(text)
      ? itemsOf({ ...overlay, field: textState('') }, focus)[Number(text) - 1]
      : undefined;
    return chosen === undefined ? itemsOf(overlay, focus) : [chosen];
  };
}
