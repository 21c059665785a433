/** The keys of ISIRI 9147, the standard layout for Persian, row by row, and what is on them on a US layout. */
const rows: readonly (readonly [persian: string, latin: string])[] = [
  ['۱۲۳۴۵۶۷۸۹۰', '1234567890'],
  ['ضصثقفغعهخحجچ', 'qwertyuiop[]'],
  ['شسیبلاتنمکگ', "asdfghjkl;'"],
  ['ظطزرذدپو', 'zxcvbnm,'],
  // With Shift; what is ASCII there is meant as it is.
  ['٬٫﷼٪×،ـ', '@#$%^&_'],
  ['\u0652\u064C\u064D\u064B\u064F\u0650\u064E\u0651', 'QWERTYUI'],
  ['ؤئيإأآة؛', 'ASDFGHJ"'],
  ['ك\u0653ژ\u0670\u200C\u0654ء؟', 'ZXCVBNM?'],
];

const latinOf = new Map(
  rows.flatMap(([persian, latin]) =>
    Array.from(persian, (sign, at) => [sign, latin[at] ?? sign] as const),
  ),
);

/** The key of a US layout at the place of a key that sends a Persian sign; other keys are themselves. */
export function latinKey(key: string): string {
  const [, modifiers = '', sign = ''] = /^((?:[a-z]+\+)*)(.+)$/su.exec(key) ?? [];
  return modifiers + (latinOf.get(sign) ?? sign);
}
