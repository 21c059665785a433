import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

export const supportTexts: Words['support'] = {
  columns: { file: 'فایل', size: 'اندازه', what: 'چه' },
  leftOut: (hidden) => [
    'کنار گذاشته‌شده: کلیدها، گذرواژه‌ها، محتوای پشتیبان‌ها، ردیف‌ها و فایل‌های برنامه، لاگ سرویس‌های آن.',
    hidden === 0
      ? 'لازم نبود چیزی از پیکربندی پنهان شود.'
      : `${formatCount(hidden)} متن از پیکربندی، اینجا و در همهٔ لاگ‌ها، پنهان شده است. لاگ‌ها نام فایل‌ها و پوشه‌ها را دارند.`,
  ],
  ask: (path, size) => `${size} در «${path}» نوشته شود؟ [y/N] `,
  inShell: 'فقط در پوسته: kedge support',
  needsYes: 'لازم است جایی که از کسی نمی‌توان پرسید',
  isYes: (answer) => /^(y(es)?|بله|آری)$/i.test(answer.trim()),
  written: (path, quoted) => [
    `نوشته شد: «${path}»`,
    `پیش از فرستادن آن را ببینید:  tar -xzf ${quoted}`,
  ],
};
