import type { Words } from '../language.ts';

export const preferenceTexts: Words['preferences'] = {
  theme: {
    title: 'پوسته',
    summary: 'رنگ‌های این پنجره.',
    choices: {
      terminal: 'رنگ‌های خود پایانه',
      dark: 'تیره',
      light: 'روشن',
      'high-contrast': 'تباین بالا',
    },
  },
  language: {
    title: 'زبان',
    summary: 'زبان همهٔ نماها. خط فرمان انگلیسی می‌ماند، زیرا اسکریپت‌ها آن را می‌خوانند.',
    choices: { auto: 'مانند سیستم', en: 'English', de: 'Deutsch', fa: 'فارسی' },
  },
  rtl: {
    title: 'راست به چپ',
    summary:
      'چه کسی حرف‌های زبان‌هایی چون فارسی را مرتب می‌کند و می‌پیوندد. دو بار مرتب کردن باز نادرست است.',
    choices: {
      auto: 'چنان که از این پایانه شناخته است',
      terminal: 'پایانه',
      kedge: 'Kedge',
    },
  },
  ascii: {
    title: 'فقط ASCII',
    summary: 'با نشانه‌های ساده رسم می‌کند، برای پایانه‌های بدون خط‌کشی.',
    choices: { auto: 'به توان پایانه' },
  },
  screenReader: {
    title: 'صفحه‌خوان',
    summary: 'سطرهای ساده برای خواندن با صدا به جای شبکه. از آغاز بعدی برقرار است.',
    choices: { auto: 'به گفتهٔ INK_SCREEN_READER' },
  },
  reducedMotion: {
    title: 'حرکت کمتر',
    summary: 'آنچه خودبه‌خود حرکت می‌کند، مانند پیشرفت و ثانیه، دست‌بالا هر دو ثانیه عوض می‌شود.',
  },
  mouse: { title: 'ماوس', summary: 'کلیک و چرخ؛ اگر خاموش باشد، خود پایانه متن را برمی‌گزیند.' },
  readOnly: {
    title: 'فقط خواندنی',
    summary: 'در حالت فقط خواندنی آغاز می‌شود: همه چیز دیده می‌شود، چیزی تغییر یا آغاز نمی‌شود.',
  },
  confirmations: {
    title: 'پرسش پیش از',
    summary: 'کار خطرناک همیشه می‌پرسد. این تنها می‌تواند پرسش را بیشتر کند.',
    choices: { safe: 'کار خطرناک', always: 'هر کاری که چیزی را تغییر دهد' },
  },
  clipboard: {
    title: 'بریده‌دان',
    summary: 'در بریده‌دان پایانه (OSC 52) رونوشت می‌کند؛ اگر خاموش باشد، متن تنها نمایش داده می‌شود.',
  },
  terminalTitle: {
    title: 'عنوان پنجره',
    summary: 'برنامه و آنچه را توجه می‌خواهد به پایانه می‌گوید.',
  },
  escapeTimeoutMs: {
    title: 'درنگ پس از Esc',
    summary: 'میلی‌ثانیه تا Esc به‌تنهایی شمرده شود؛ در خط‌های کند بیشتر.',
  },
  chordTimeoutMs: {
    title: 'درنگ برای کلید دوم',
    summary: 'میلی‌ثانیه‌ای که نخستین کلید از دو کلید در انتظار دومی می‌ماند.',
  },
  whichKeyDelayMs: {
    title: 'نمایش ادامه',
    summary: 'میلی‌ثانیه تا کلیدهای ممکن بعدی فهرست شوند.',
  },
};
