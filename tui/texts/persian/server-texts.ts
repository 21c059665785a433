import type { Words } from '../language.ts';

export const serverTexts: Words['servers'] = {
  inShell:
    'در پوسته: kedge server add NAME [user@]host، kedge server list، kedge server remove NAME.',
  pressEnter: 'Enter به پنجره بازمی‌گردد.',
  on: (server) => `روی ${server}`,
  connecting: (server) => `در حال اتصال به ${server}. ممکن است ssh اینجا بپرسد؛ Ctrl+C بازمی‌گردد.`,
  retryHint: 'خودکار و بی‌پرسش دوباره آزموده می‌شود. Ctrl+R هم‌اکنون می‌آزماید، و شاید ssh چیزی بپرسد.',
  onlyHere: 'Kedge روی دستگاه دیگری است، یا سوکت آن نام برده شده است',
  group: 'اتصال',
  commands: {
    connect: 'اتصال به یک سرور',
    go: 'اتصال به این سرور',
    start: 'آغاز Kedge',
    init: 'حفاظت از برنامه‌ای در اینجا',
    demo: 'آزمودن نسخهٔ نمایشی',
  },
  picker: {
    title: 'اتصال به یک سرور',
    thisMachine: 'این دستگاه',
    here: 'اکنون نمایان',
    recent: 'اخیر',
    listed: 'در فهرست شما',
    ofSsh: 'در ~/.ssh/config',
    none: 'فهرست شما خالی است: «kedge server add NAME [user@]host»، یا یک Host در ~/.ssh/config.',
  },
  away: {
    title: 'Kedge اینجا در اجرا نیست.',
    unit: (state) => `به صورت سرویس نصب شده است، با وضعیت ${state}.`,
    unitCure: 'آن را در پوسته آغاز کنید تا این پنجره خودکار ادامه یابد:',
    unitCommand: 'sudo systemctl start kedge',
    closedTitle: 'این کاربر اجازهٔ گفتگو با Kedge در اینجا را ندارد.',
    closed: 'سوکت آن هست، ولی نه برای این کاربر. با کاربر Kedge، یا با root، آن را باز کنید:',
    closedCommand: 'sudo kedge',
    configured: (path) => `پیکربندی موجود است: ${path}`,
    startHint: 'اگر اینجا آغاز شود، بی این پنجره ادامه می‌یابد، تا خود آن یا دستگاه متوقف شود.',
    nothing: 'اینجا هنوز از چیزی حفاظت نمی‌شود.',
    nothingHint:
      'kedge init چند پرسش می‌کند، پیکربندی را می‌نویسد و نخستین پشتیبان راستی‌آزموده را می‌گیرد.',
    starting: 'در حال آغاز Kedge...',
    buttons: {
      start: 'آغاز Kedge',
      init: 'حفاظت از یک برنامه...',
      demo: 'آزمودن نسخهٔ نمایشی',
      connect: 'اتصال به یک سرور...',
      copy: 'رونوشت فرمان',
    },
  },
};
