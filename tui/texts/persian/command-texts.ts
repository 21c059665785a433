import type { Language } from '../language.ts';

/** Groups of commands, by their English names. */
export const categories: Language['categories'] = {
  Alarms: 'هشدارها',
  Backup: 'پشتیبان',
  Demo: 'نسخهٔ نمایشی',
  Destinations: 'مقصدها',
  Encryption: 'رمزنگاری',
  Jobs: 'کارها',
  Kedge: 'Kedge',
  Overview: 'نمای کلی',
  Restore: 'بازیابی',
  Schedules: 'زمان‌بندی‌ها',
  Servers: 'سرورها',
  Services: 'سرویس‌ها',
  'Set up': 'راه‌اندازی',
  Settings: 'تنظیمات',
};

const backup = 'یک پشتیبان: شناسهٔ آن (۸ نویسه بس است)، نام آن، «latest» یا مسیر یک بایگانی';
const trashed = 'یک پشتیبان حذف‌شده: شناسهٔ آن (۸ نویسه بس است) یا نام فایل آن';
const service = 'شناسهٔ سرویس';
const schedule = 'نام زمان‌بندی';
const job = 'شمارهٔ کار';
const at =
  'تازه‌ترین پشتیبان خوب در این لحظه یا پیش از آن: «1405-08-29 14:00»، «2026-11-20 14:00»، «دیروز ۱۴:۰۰»، «۱۴:۰۰»';
const copyArguments = {
  backup: 'پشتیبان‌ها با شناسه یا نام، و در پایان مقصد',
  to: 'یک مقصد با نام آن، یا هر پوشه‌ای، اگر در پایان نیامده باشد',
};

/** Titles of the commands, and what is asked for of their arguments. */
export const commands: Language['commands'] = {
  init: { title: 'حفاظت از یک برنامه' },
  install: { title: 'نصب Kedge به صورت سرویس' },
  uninstall: { title: 'برداشتن سرویس Kedge' },
  recover: {
    title: 'بازسازی روی این دستگاه',
    args: {
      archive: 'یک بایگانی، یا پوشه‌ای از آن‌ها؛ تازه‌ترین پشتیبان سالم آن به کار می‌رود',
    },
  },
  status: { title: 'نمایش وضعیت' },
  'support.create': { title: 'نوشتن بستهٔ پشتیبانی فنی' },
  doctor: { title: 'یافتن آنچه درست نیست' },
  'report.read': { title: 'گزارش روزهای گذشته' },
  'metrics.read': { title: 'نمایش سنجه‌ها' },
  'backup.create': { title: 'پشتیبان‌گیری اکنون' },
  'backup.copy': { title: 'رونوشت پشتیبان‌ها', args: copyArguments },
  'backup.move': { title: 'انتقال پشتیبان‌ها', args: copyArguments },
  'backup.import': {
    title: 'وارد کردن یک پوشه بایگانی',
    args: {
      folder: 'پوشه‌ای که بایگانی‌ها در آن هستند؛ به فایل‌های دیگر نگاه نمی‌شود',
      store: 'مقصد، با نام آن',
    },
  },
  'destination.prepare': {
    title: 'آماده‌سازی یک مقصد',
    args: { store: 'مقصد، با نام آن در پیکربندی' },
  },
  'backup.list': { title: 'فهرست پشتیبان‌ها' },
  'backup.show': { title: 'نمایش یک پشتیبان', args: { backup } },
  'backup.browse': { title: 'مرور یک پشتیبان', args: { backup } },
  'backup.rows': {
    title: 'مرور ردیف‌های یک پشتیبان',
    args: { backup, source: 'منبعی که پایگاه داده است' },
  },
  'backup.extract': {
    title: 'بیرون آوردن فایل‌ها از یک پشتیبان',
    args: { backup, to: 'پوشهٔ مقصد، که نباید چیزی با نام آن‌ها در آن باشد' },
  },
  'backup.salvage': {
    title: 'نجات یک پشتیبان آسیب‌دیده',
    args: {
      backup: 'یک پشتیبان یا مسیر یک بایگانی، هر قدر هم آسیب‌دیده',
      to: 'پوشه‌ای تازه یا خالی',
    },
  },
  'backup.pin': { title: 'سنجاق کردن یک پشتیبان', args: { backup } },
  'backup.unpin': { title: 'برداشتن سنجاق یک پشتیبان', args: { backup } },
  'backup.consolidate': {
    title: 'ساختن پشتیبان کامل از تفاضلی',
    args: {
      backup: 'یک تفاضلی: شناسهٔ آن (۸ نویسه بس است)، نام آن، «latest» یا مسیر یک بایگانی',
    },
  },
  'backup.diff': {
    title: 'مقایسهٔ دو پشتیبان',
    args: {
      from: backup,
      to: 'پشتیبانی که با آن مقایسه می‌شود، به همان شکل‌ها؛ می‌تواند قدیمی‌تر باشد',
    },
  },
  'backup.verify': { title: 'راستی‌آزمایی یک پشتیبان', args: { backup } },
  'backup.download': { title: 'دریافت یک پشتیبان', args: { backup } },
  'backup.upload': {
    title: 'بارگذاری یک پشتیبان',
    args: { file: 'بایگانی، در اینجا؛ می‌تواند از نصبی دیگر باشد' },
  },
  'backup.delete': { title: 'حذف یک پشتیبان', args: { backup } },
  'key.status': { title: 'نمایش چگونگی رمزنگاری پشتیبان‌ها' },
  'key.create': { title: 'ساختن کلید بازیابی' },
  'key.check': { title: 'اثبات کلید بازیابی' },
  'restore.plan': { title: 'تهیهٔ طرح یک بازیابی', args: { backup, at } },
  'restore.run': { title: 'بازیابی یک پشتیبان', args: { backup, at } },
  'undo.list': { title: 'فهرست واگردها' },
  'undo.run': { title: 'واگرداندن یک بازیابی' },
  'undo.show': { title: 'پیش‌نمایش یک واگرد' },
  'undo.pin': { title: 'سنجاق کردن یک واگرد' },
  'undo.unpin': { title: 'برداشتن سنجاق یک واگرد' },
  'recovery.list': { title: 'فهرست ترمیم‌ها' },
  'recovery.give-up': { title: 'دست کشیدن از یک ترمیم', args: { recovery: 'از کدام کار' } },
  'undo.remove': { title: 'برداشتن یک واگرد', args: { undo: 'کدام' } },
  checkpoint: {
    title: 'ساختن نقطهٔ بازگشت',
    args: { name: 'نام آن، مانند «پیش از به‌روزرسانی 4.3»' },
  },
  'checkpoint.list': { title: 'فهرست نقطه‌های بازگشت' },
  drill: { title: 'تمرین بازیابی یک پشتیبان' },
  'schedule.list': { title: 'فهرست زمان‌بندی‌ها' },
  'schedule.set': { title: 'تعیین یک زمان‌بندی', args: { schedule } },
  'schedule.preview': { title: 'پیش‌نمایش یک زمان‌بندی', args: { schedule } },
  'schedule.show': { title: 'نمایش یک زمان‌بندی', args: { schedule } },
  'schedule.skip': { title: 'رد کردن اجرای بعدی', args: { schedule } },
  'schedule.unskip': { title: 'رد نکردن اجرای بعدی', args: { schedule } },
  'schedule.remove': { title: 'برداشتن یک زمان‌بندی', args: { schedule } },
  'schedule.pause': { title: 'معلق کردن یک زمان‌بندی', args: { schedule } },
  'schedule.resume': { title: 'از سر گرفتن یک زمان‌بندی', args: { schedule } },
  'schedule.run': { title: 'اجرای یک زمان‌بندی اکنون', args: { schedule } },
  'retention.preview': { title: 'نمایش آنچه نگهداشت برمی‌دارد' },
  'retention.run': { title: 'اجرای نگهداشت' },
  'trash.list': { title: 'نمایش سطل بازیافت' },
  'trash.restore': { title: 'بازگرداندن یک پشتیبان حذف‌شده', args: { backup: trashed } },
  'trash.empty': { title: 'خالی کردن سطل بازیافت' },
  'installation.moved': { title: 'این Kedge به اینجا منتقل شده است' },
  'installation.copy': { title: 'این Kedge یک رونوشت است' },
  'space.read': { title: 'نمایش فضای آزاد' },
  'space.clear': {
    title: 'برداشتن آنچه جا می‌گیرد',
    args: {
      what: 'آنچه برداشته می‌شود: uploads یا differentials',
      store: 'مقصد با نام آن',
    },
  },
  'calendar.read': { title: 'نمایش اجراهای یک ماه' },
  'alarm.list': { title: 'فهرست هشدارها' },
  'alarm.acknowledge': { title: 'تأیید یک هشدار', args: { alarm: 'شمارهٔ هشدار' } },
  'alarm.test': { title: 'آزمایش مسیرهای هشدار' },
  'service.list': { title: 'فهرست سرویس‌ها' },
  'service.history': { title: 'تاریخچهٔ سرویس‌ها' },
  'service.clients': { title: 'کاربران متصل به یک پایگاه داده', args: { service } },
  'service.shut-out': {
    title: 'بیرون نگه داشتن کاربران متصل به یک پایگاه داده',
    args: { service },
  },
  'service.let-in': { title: 'راه دادن دوبارهٔ کاربران به یک پایگاه داده', args: { service } },
  'service.start': { title: 'آغاز یک سرویس', args: { service } },
  'service.stop': { title: 'توقف یک سرویس', args: { service } },
  'service.restart': { title: 'بازآغاز یک سرویس', args: { service } },
  'service.reset': { title: 'راه‌اندازی دوبارهٔ سرویس‌ها' },
  'service.answer': {
    title: 'پاسخ به یک راه‌اندازی دوباره',
    args: {
      job: 'شمارهٔ راه‌اندازی دوباره',
      answer:
        'انتظار بیشتر، پایان دادن به کاربران متصل آن، پایان اجباری آن، یا آغاز دوبارهٔ آنچه متوقف شده است',
    },
  },
  'service.logs': { title: 'نمایش لاگ یک سرویس', args: { service } },
  'job.list': { title: 'فهرست کارها' },
  'job.show': { title: 'نمایش یک کار', args: { job } },
  'job.cancel': { title: 'لغو یک کار', args: { job } },
  'job.log': { title: 'نمایش لاگ یک کار', args: { job } },
  'job.retry': { title: 'تلاش دوباره برای یک کار', args: { job } },
  'config.check': { title: 'بررسی پیکربندی' },
  'config.edit': { title: 'ویرایش پیکربندی' },
  demo: { title: 'آغاز نسخهٔ نمایشی' },
  'demo.accident': { title: 'پدید آوردن یک حادثه', args: { accident: 'کدام' } },
  'demo.stop': { title: 'توقف نسخهٔ نمایشی' },
  'server.add': {
    title: 'افزودن یک سرور به فهرست',
    args: { name: 'نامی که به آن می‌دهید', address: '[user@]host[:port]، چنان‌که ssh می‌پذیرد' },
  },
  'server.list': { title: 'فهرست سرورها' },
  'server.remove': {
    title: 'برداشتن یک سرور از فهرست',
    args: { name: 'نام آن در فهرست' },
  },
  'audit.list': { title: 'آنچه انجام شده است، و به دست چه کسی' },
  who: { title: 'چه کسی اینجاست' },
  relay: { title: 'گذر دادن یک اتصال به Kedge' },
  help: { title: 'خواندن راهنما' },
  completion: { title: 'تکمیل خودکار برای یک پوسته', args: { shell: 'پوسته' } },
};
