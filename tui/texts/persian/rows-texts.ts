import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

export const rowsTexts: Words['rows'] = {
  unpacking: 'بازگشایی پایگاه داده برای خواندن',
  columns: { table: 'جدول', rows: 'ردیف‌ها', key: 'کلید' },
  null: 'NULL',
  noKey: '(هیچ: تنها کل جدول برمی‌گردد)',
  noTables: 'این پایگاه داده جدولی ندارد.',
  noRows: (more) => (more ? 'در بخش جستجوشده چیزی یافت نشد.' : 'ردیفی نیست.'),
  pick: (table) => `برگرداندن ردیف‌ها با  kedge restore plan BACKUP --row '${table}=KEY'`,
  pickTable: (table) =>
    `ردیف‌هایش جدا برداشتنی نیست؛ جدول برمی‌گردد با  kedge restore plan BACKUP --table '${table}'`,
  screen: {
    search: 'جستجو',
    placeholder: 'متنی در هر ستون؛ Enter جستجو می‌کند',
    all: 'کل جدول',
    plan: (count) => (count === 0 ? 'طرح نشان‌دار‌ها' : `طرح برای ${formatCount(count)} ردیف`),
    noneMarked: 'Space ردیف را نشان‌دار می‌کند',
    noKey: 'این ردیف کلیدی برای برداشتن ندارد؛ جدول می‌تواند یکجا برگردد.',
    more: 'ردیف‌های بیشتر: Enter ادامه را می‌خواند',
    count: (total, marked) =>
      `${formatCount(total)} ردیف${marked === 0 ? '' : `، ${formatCount(marked)} نشان‌دار`}`,
    none: 'ردیفی نیست.',
    noneSoFar: 'هنوز چیزی یافت نشده: Enter جستجو را ادامه می‌دهد',
    unpacking:
      'پایگاه دادهٔ این پشتیبان برای خواندن بازگشایی می‌شود. پایگاه بزرگ چند ثانیه طول می‌کشد.',
    commands: {
      rows: 'ردیف‌های یک جدول',
      search: 'جستجو در ردیف‌ها',
      mark: 'نشان کردن ردیف انتخاب‌شده',
      plan: 'طرح برای ردیف‌های نشان‌دار',
    },
  },
  more: (after) => `بیشتر هم هست: --after ${after}`,
};
