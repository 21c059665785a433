import { formats } from '../../texts/formats.ts';

/** A text as it stays while time goes on: amounts and ages are all the same in it, in whatever unit. */
export function withoutNumbers(text: string): string {
  const { units, bytes, ago, ahead, now, justNow } = formats();
  const unit = `(?:${[...Object.values(units), ...bytes].map(escaped).join('|')})`;
  const amounts = text
    .replace(/\p{Nd}+(?:[.,:]\p{Nd}+)*/gu, '#')
    .replace(
      new RegExp(`#(?: ${unit}(?![\\p{L}\\p{N}]))?(?: # ${unit}(?![\\p{L}\\p{N}]))?`, 'gu'),
      '#',
    );
  const ages = [ago('#'), ahead('#'), justNow].reduce(
    (all, age) => all.replaceAll(age, '#'),
    amounts,
  );
  return ages.replace(new RegExp(`(?<=^|[,:] )${escaped(now)}(?=,|$)`, 'gu'), '#');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
