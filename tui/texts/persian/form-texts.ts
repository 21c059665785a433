import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

export const formTexts: Words['forms'] = {
  preferences: 'تنظیمات این رابط کاربری',
  interfaceGroup: 'رابط کاربری',
  columns: { group: 'بخش', title: 'تنظیم', value: 'مقدار', id: 'کلید', summary: 'برای چه' },
  empty: ['چیزی برای تنظیم در اینجا نیست.'],
  notSet: 'تعیین‌نشده',
  preset: (value) => `${value} (پیش‌فرض)`,
  on: 'روشن',
  off: 'خاموش',
  now: 'اکنون',
  unset: 'تعیین‌نشده: مانند نبودن آن',
  chooses: (count) => `Enter ${formatCount(count)} مقدار پیشنهاد می‌کند.`,
  number: (min, max) => {
    if (min === undefined && max === undefined) return 'یک عدد.';
    if (max === undefined) return `عددی از ${min} به بالا.`;
    return min === undefined ? `عددی تا ${max}.` : `عددی از ${min} تا ${max}.`;
  },
  text: 'یک متن.',
  list: 'متن‌ها با ویرگول میان آن‌ها.',
  json: 'چنان‌که در فایل نوشته می‌شود (JSON).',
  emptied: ' اگر خالی بماند تعیین‌نشده است.',
  kept: (title) => `${title}: ذخیره شد.`,
  problems: { 'not-a-number': 'این عدد نیست', 'not-json': 'این JSON نیست' },
  commands: {
    preferences: 'باز کردن تنظیمات رابط کاربری',
    form: 'باز کردن پیکربندی به شکل فرم',
    change: 'تغییر یک مقدار',
    keys: 'نمایش چگونگی رمزنگاری پشتیبان‌ها و کلیدهای آن',
    settingsFile: 'باز کردن settings.jsonc رابط کاربری',
  },
  hints: {
    preferences: 'رابط کاربری',
    form: 'فرم',
    change: 'تغییر',
    back: 'بازگشت',
    keys: 'کلیدها',
  },
  buttons: { preferences: 'رابط کاربری', form: 'به شکل فرم', keys: 'کلیدها' },
  keysPage: {
    title: 'رمزنگاری',
    create: 'رونوشت «kedge key create»',
    check: 'رونوشت «kedge key check»',
    why: 'کلیدها در پوسته ساخته و وارد می‌شوند، جایی که چیزی از آن‌ها بر صفحه نمی‌ماند.',
  },
};
