import { formatBytes, formatRate } from '../bytes.ts';
import type { Words } from '../language.ts';
import { formatClock } from '../time.ts';

export const transferTexts: Words['transfer'] = {
  looksAtPart: 'بررسی بخشی که اینجاست',
  downloads: 'در حال دریافت',
  uploads: 'در حال بارگذاری',
  downloaded: (path) => `در ${path} دریافت شد.`,
  goesOn: (partial) => `آنچه رسیده در ${partial} می‌ماند؛ همان فرمان از آنجا ادامه می‌دهد.`,
  progress: (step, done, total, rate, eta) =>
    [
      `${step}: ${formatBytes(done)} از ${formatBytes(total)}`,
      ...(rate > 0 ? [formatRate(rate)] : []),
      ...(eta === undefined ? [] : [`${formatClock(eta)} مانده`]),
    ].join('، '),
};
