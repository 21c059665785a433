import type { Words } from '../language.ts';

export const helpTexts: Words['help'] = {
  group: 'راهنما',
  topics: 'موضوع‌ها',
  titles: {
    'getting-started': 'نخستین گام‌ها',
    backup: 'پشتیبان‌گیری',
    schedules: 'زمان‌بندی‌ها',
    restore: 'بازیابی',
    recover: 'بازسازی روی دستگاهی خالی',
    services: 'سرویس‌ها و راه‌اندازی دوباره',
    databases: 'سرورهای پایگاه داده',
    encryption: 'رمزنگاری',
    destinations: 'مقصدها، دیسک‌ها، سرورهای دیگر',
    retention: 'آنچه می‌ماند، آنچه می‌رود',
    alarms: 'هشدارها، گزارش‌ها، سنجه‌ها',
    install: 'نصب و ارتقا',
    keys: 'کلیدها و ماوس',
    files: 'فایل‌ها و قالب',
    'exit-codes': 'کدهای خروج و اسکریپت‌ها',
    remote: 'از دستگاهی دیگر',
    troubleshooting: 'اگر چیزی درست نیست',
  },
  readAlso: (topic) => `نیز بخوانید:  kedge help ${topic}`,
  commands: 'فرمان‌ها',
  noTopic: 'چنین موضوع یا فرمانی نیست؛ «kedge help» همه را فهرست می‌کند',
  didYouMean: (suggestion) =>
    `چنین موضوع یا فرمانی نیست. آیا منظور «kedge help ${suggestion}» بود؟`,
  scroll: 'Up و Down، PgUp و PgDn پیمایش   Esc بستن',
  back: 'بستن',
};
