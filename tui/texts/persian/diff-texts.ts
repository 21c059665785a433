import type { Words } from '../language.ts';

export const diffTexts: Words['diff'] = {
  from: 'از',
  to: 'به',
  same: 'محتوای هر دو یکسان است.',
  columns: {
    source: 'منبع',
    removed: 'برداشته',
    changed: 'تغییرکرده',
    added: 'افزوده',
    before: 'پیش',
    after: 'پس',
  },
  list: { change: 'تغییر', name: 'نام', what: 'چه چیز' },
  change: { removed: 'برداشته', changed: 'تغییرکرده', added: 'افزوده' },
  what: { content: 'محتوا', kind: 'نوع', time: 'زمان', metadata: 'مجوز، مالک یا ویژگی‌ها' },
  only: (what) => `(تنها ${what})`,
  sizes: (before, after) => `${before} -> ${after}`,
  more: (count) => `  و ${count} مورد دیگر؛ --all آن‌ها را نشان می‌دهد`,
  rows: (table, inserted, changed, deleted) =>
    `    ${table}: ${inserted} درج‌شده، ${changed} تغییرکرده، ${deleted} حذف‌شده`,
  sameRows: (tables) => `    ردیف‌های ${tables}: همه یکسان`,
  allTables: (count) => `${count} جدول`,
  otherTables: (count) => `${count} جدول دیگر`,
  schema: (type, name, change) => `    ${type} ${name} ${change}`,
  problem: (text) => `    ! مقایسه نشد: ${text}`,
  askRows: 'با افزودن --rows ردیف‌های متفاوت در پایگاه‌های داده نیز شمرده می‌شوند.',
};
