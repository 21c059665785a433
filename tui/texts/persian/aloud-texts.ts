import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

export const aloudTexts: Words['aloud'] = {
  welcome:
    'Kedge، با خواندن متن. Tab به جلو می‌رود، کلیدهای جهت جابه‌جا می‌کنند، Enter اجرا می‌کند، Ctrl+L همه را دوباره می‌خواند، ? کلیدها را نشان می‌دهد، : فرمان‌ها را.',
  screen: (name) => `نمای ${name}.`,
  panel: (name) => `پنل ${name}.`,
  list: (rows) => `فهرست، ${formatCount(rows)} ردیف.`,
  columns: (names) => `ستون‌ها: ${names}.`,
  row: (place, rows, words) => `${formatCount(place)} از ${formatCount(rows)}: ${words}`,
  emptyList: (words) => `فهرست خالی. ${words}`,
  field: (label) => `فیلد ${label}: `,
  choice: (label, value, place, count) =>
    `گزینش ${label}: ${value}، ${formatCount(place)} از ${formatCount(count)}. چپ و راست آن را تغییر می‌دهند.`,
  button: (label) => `دکمهٔ ${label}`,
  disabled: (why) => `، اکنون نه: ${why}`,
  text: (rows) => `متن، ${formatCount(rows)} سطر.`,
  newLines: (count) => `${formatCount(count)} سطر تازه، آخرین‌ها:`,
  month: 'ماه. چپ و راست روز به روز می‌روند، بالا و پایین هفته به هفته.',
  caretAt: (sign) => (sign === '' ? 'در پایان' : `پیش از «${sign}»`),
  dialog: (title) => `پرسش: ${title}.`,
  dialogButton: (place, count, label) =>
    `دکمهٔ ${formatCount(place)} از ${formatCount(count)}: ${label}. Enter آن را می‌زند، Tab به بعدی می‌رود، Esc لغو می‌کند.`,
  menu: (title, count) =>
    `${title}: ${formatCount(count)} گزینه. یک شماره یا بخشی از یک نام را وارد کنید.`,
  numbered: (place, words) => `${place}. ${words}`,
  more: (count) => `و ${formatCount(count)} مورد دیگر`,
  onItem: (words) => `Enter برمی‌گزیند: ${words}`,
  notNow: (why) => `اکنون نه: ${why}`,
  closed: 'بسته شد.',
  lost: (why) => `Kedge در دسترس نیست: ${why}`,
  back: 'Kedge دوباره در دسترس است.',
  job: (id, title, words) => `کار ${id}، ${title}: ${words}`,
  percent: (value) => `${value} درصد`,
  service: (id, health, why) => `سرویس ${id} ${health} است: ${why}`,
  problem: (severity, text) => `${severity} تازه: ${text}`,
  again: 'خواندن دوبارهٔ همه',
};
