import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

export const doctorTexts: Words['doctor'] = {
  tones: { ok: 'خوب', advice: 'توصیه', bad: 'نادرست' },
  areas: {
    kedge: 'Kedge',
    configuration: 'پیکربندی',
    permissions: 'مجوزها',
    services: 'سرویس‌ها',
    backups: 'پشتیبان‌ها',
    schedules: 'زمان‌بندی‌ها',
    destinations: 'مقصدها',
    space: 'فضا',
    keys: 'کلیدها',
    alarms: 'هشدارها',
    clock: 'ساعت',
    tools: 'ابزارها',
    versions: 'نسخه‌ها',
    terminal: 'پایانه',
  },
  summary: (bad, advice, all) => {
    const looked = `${formatCount(all)} مورد بررسی شد`;
    if (bad === 0 && advice === 0) return `${looked}: همه چیز درست است.`;
    return `${looked}: ${formatCount(bad)} نادرست، ${formatCount(advice)} همراه با توصیه.`;
  },
  page: {
    command: 'یافتن آنچه درست نیست (عیب‌یابی)',
    title: 'عیب‌یابی',
    looking: 'همه چیز بررسی می‌شود؛ چند ثانیه زمان می‌برد...',
    columns: { tone: 'وضعیت', area: 'حوزه', finding: 'یافته' },
    copy: 'رونوشت راه‌حل',
    cureText: 'راه‌حل',
    noCure: 'چیزی برای برطرف کردن نیست',
    button: 'عیب‌یابی',
    hints: { doctor: 'عیب‌یابی', copy: 'رونوشت راه‌حل', again: 'بررسی دوباره', back: 'بازگشت' },
  },
  terminal: {
    output: 'خروجی',
    noTerminal: 'به یک فایل یا برنامه می‌رود، پس دربارهٔ پایانه چیزی گفته نمی‌شود',
    term: {
      name: 'TERM',
      unset: 'تعیین نشده است: دربارهٔ این پایانه چیزی معلوم نیست',
      why: 'رابط پایانه‌ای نمایش‌دادنی نیست؛ همهٔ فرمان‌ها کار می‌کنند.',
      command: 'TERM=xterm-256color kedge',
    },
    colours: {
      name: 'رنگ‌ها',
      off: 'خاموش، به سبب NO_COLOR',
      many: '۲۵۶ یا بیشتر',
      few: 'حداکثر ۱۶ بر پایهٔ TERM آن',
      why: 'تشخیص آنچه انتخاب شده یا خاکستری است دشوارتر است.',
      command: 'TERM=xterm-256color kedge',
    },
    characters: {
      name: 'نویسه‌ها',
      utf8: 'UTF-8',
      plain: 'locale از نوع UTF-8 نیست، پس خط‌ها با نویسه‌های ساده کشیده می‌شوند',
      why: 'متن فارسی و نام‌های غیرانگلیسی ممکن است به‌هم‌ریخته دیده شوند.',
      command: 'LC_ALL=C.UTF-8 kedge',
    },
    size: {
      name: 'اندازه',
      cells: (columns, rows) => `${formatCount(columns)} ستون، ${formatCount(rows)} سطر`,
      why: 'رابط پایانه‌ای برای ۸۰ در ۲۴ و بیشتر ساخته شده است.',
      tight: 'پنجره را بزرگ‌تر یا قلم آن را کوچک‌تر کنید: برخی ستون‌ها نمایش داده نمی‌شوند.',
      small: 'پنجره را بزرگ‌تر یا قلم آن را کوچک‌تر کنید: تا آن زمان چیزی نمایش داده نمی‌شود.',
    },
    between: {
      tmux: {
        ok: 'Ctrl+B کلید خود آن است؛ Esc بی‌درنگ می‌رسد',
        slow: (ms) => `Esc با ${formatCount(ms)} میلی‌ثانیه تأخیر می‌رسد`,
        why: 'tmux همین مدت منتظر می‌ماند که آیا چیزی در پی می‌آید.',
        command: 'tmux set -sg escape-time 20',
      },
      screen: 'Ctrl+A کلید خود آن است؛ Esc ممکن است دیر برسد (maptimeout)',
      vscode:
        'Ctrl+P، Ctrl+B و F1 در پایانهٔ آن کلیدهای خود آن هستند؛ F10 در اینجا منو را باز می‌کند',
      ssh: 'قطع اتصال تنها نمایش را در اینجا پایان می‌دهد؛ کارها ادامه می‌یابند',
    },
  },
  program: {
    name: 'این برنامه',
    same: (version) => `${version}، مانند Kedge در حال اجرا`,
    alone: (version, node) => `${version}، node ${node}`,
    other: (own, theirs) => `${own}، و Kedge در حال اجرا ${theirs} است`,
    why: 'آنچه یکی می‌شناسد شاید دیگری نشناسد.',
    cure: 'هنگامی که کاری در جریان نیست Kedge را دوباره آغاز کنید.',
  },
  unreachable: {
    why: 'هیچ زمان‌بندی اجرا نمی‌شود و هیچ اشکالی خبر داده نمی‌شود.',
    byHand: {
      cure: 'آن را آغاز کنید، یا نخست با «kedge init» راه‌اندازی کنید.',
      command: 'kedge daemon',
    },
    unit: { cure: 'آن را آغاز کنید.', command: 'sudo systemctl start kedge.service' },
    closed: 'با کاربر دیگری اجرا می‌شود و این کاربر اجازهٔ گفت‌وگو با آن را ندارد.',
    unitSays: {
      thing: 'kedge.service',
      cure: 'ببینید چه نوشته است.',
      command: 'journalctl -u kedge.service -n 50',
    },
    lastWords: (line) => `آخرین چیزی که نوشت: ${line}`,
    read: 'آنچه پیش از آن نوشته است را بخوانید.',
    noState: 'هنوز وجود ندارد: Kedge هرگز در اینجا آغاز نشده است',
    openState: 'هست و نوشتنی است',
    closedState: 'این کاربر نمی‌تواند سوابق خود Kedge را بنویسد',
    fullState: (free) => `برای سوابق خود Kedge جای چندانی نیست: ${free} آزاد`,
    stateWhy: 'Kedge بدون آن آغاز نمی‌شود.',
  },
};
