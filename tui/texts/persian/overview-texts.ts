import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

export const overviewTexts: Words['overview'] = {
  welcome: [
    'در اینجا هنوز از هیچ برنامه‌ای حفاظت نمی‌شود.',
    'در پوسته «kedge init /path/of/the/application» را اجرا کنید: پایگاه‌های داده، فایل‌های بارگذاری‌شده و تنظیمات را می‌جوید، چند پرسش می‌کند، پیکربندی توضیح‌داری می‌نویسد و نخستین پشتیبان راستی‌آزموده را می‌گیرد.',
    'برای آزمودن همه چیز روی برنامهٔ کوچک یک درمانگاه، نخست «kedge demo» را اجرا کنید.',
  ],
  recovered: 'در آخرین آغاز به کار درست شد:',
  demo: 'این نسخهٔ نمایشی است. حفاظت از برنامهٔ خودتان:',
  demoAt: 'در مرورگر:',
  health: 'سلامت',
  well: 'همه چیز خوب است: سرویس‌ها پاسخ می‌دهند و پشتیبان خوبی هست.',
  wellNoBackup:
    'سرویس‌ها پاسخ می‌دهند، ولی هنوز پشتیبان اثبات‌شده‌ای نیست. برای پشتیبان‌گیری b را بزنید.',
  ill: (names) => `${names}.`,
  cutOff: 'یک بازیابی نیمه‌کاره مانده و هنوز سامان نگرفته است',
  suggestion: {
    command: 'راه‌اندازی دوبارهٔ سرویس‌های ناسالم',
    why: 'علت',
    title: 'گام بعدی',
    reset: (names) => `R طرح راه‌اندازی دوبارهٔ ${names} و وابسته‌های آن را نشان می‌دهد.`,
    atWork: (job) => `راه‌اندازی دوباره در جریان است (کار ${job}): R آن را نشان می‌دهد.`,
    recovering: (job) => `ترمیمی در جریان است (کار ${job}): 3 آن را نشان می‌دهد.`,
    waits: (of) =>
      `3 ترمیم کار ${of} را که منتظر کارساز پایگاه داده‌اش است، و راه دست کشیدن از آن را، نشان می‌دهد.`,
    heldByRecovery: (job) =>
      `راه‌اندازی دوباره سودی ندارد: نخست باید ترمیم در کار ${job} پایان یابد (3 آن را نشان می‌دهد).`,
    heldByLockout: (service) =>
      `راه‌اندازی دوباره سودی ندارد: کاربران «${service}» را دوباره راه دهید: kedge service let-in ${service}`,
  },
  problems: (count) => `${formatCount(count)} مشکل نیازمند رسیدگی است، پایین را ببینید.`,
  warnings: (count) => `در حال کار، با ${formatCount(count)} هشدار در پایین.`,
  acknowledged: (count) => `در حال کار، با ${formatCount(count)} مشکل تأیید‌شده.`,
  lastGood: 'آخرین خوب',
  noGood: 'هنوز هیچ. برای پشتیبان‌گیری b را بزنید.',
  drill: 'تمرین بازیابی',
  proven: (ago, took, name) => `اثبات‌شده ${ago}، ${took}: ${name}`,
  checkpoints: 'نقطهٔ بازگشت',
  checkpoint: (name, ago, state) => `«${name}»، ${ago}، ${state}`,
  jumpBack: (command) => `J بازمی‌گرداند: نخست طرح (${command})`,
  jumpBackCommand: 'بازگشت به نقطهٔ بازگشت',
  noCheckpoint: 'در ۷ روز گذشته هیچ؛ C یکی می‌سازد',
  next: 'پشتیبان بعدی',
  noNext: 'زمان‌بندی نشده است. برای ساختن زمان‌بندی 4 و سپس c را بزنید.',
  stores: 'مقصدها',
  store: (id, state, free) => `${id} ${state}، ${free} آزاد`,
  sources: 'حفاظت‌شده',
  services: ' سرویس‌ها',
  growth: (days) => `ذخیره‌شده در ${formatCount(days)} روز گذشته`,
  growthEnds: { from: (days) => `${formatCount(days)} روز پیش`, until: 'اکنون' },
  strip: 'اجراها',
  stripEnds: { from: '۲ هفته پیش', today: 'امروز', until: '۲ هفتهٔ دیگر' },
  stripCommand: 'نمایش یک روز تقویم',
  problemsTitle: ' مشکل‌ها',
  noProblems: 'مشکلی نیست.',
  hints: {
    services: 'سرویس‌ها',
    reset: 'راه‌اندازی دوباره',
    backUp: 'پشتیبان‌گیری',
    calendar: 'تقویم',
  },
};
