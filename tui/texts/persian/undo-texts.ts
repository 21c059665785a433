import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

const list = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('، ');

export const undoTexts: Words['undo'] = {
  head: (title) => `واگرد: ${title}`,
  looking: 'در حال بررسی اثر واگرد. به چیزی دست زده نمی‌شود.',
  go: 'واگرداندن...',
  made: 'ساخت',
  expires: 'انقضا',
  never: 'هرگز: سنجاق شده است',
  size: 'اندازه',
  changes: 'آنچه می‌کند',
  table: (table, back, gone, changed) =>
    `${table}: ${list(
      back === 0 ? '' : `${formatCount(back)} ردیف برمی‌گردد`,
      gone === 0 ? '' : `${formatCount(gone)} ردیف می‌رود`,
      changed === 0 ? '' : `${formatCount(changed)} ردیف دوباره مانند پیش می‌شود`,
    )}`,
  files: (back, gone, changed) =>
    list(
      back === 0 ? '' : `${formatCount(back)} فایل برمی‌گردد`,
      gone === 0 ? '' : `${formatCount(gone)} فایل می‌رود`,
      changed === 0 ? '' : `${formatCount(changed)} فایل دوباره مانند پیش می‌شود`,
    ),
  same: 'مانند اکنون',
  problem: (text) => `! ${text}`,
  written: 'نوشته‌شده پس از بازیابی، که واگرد آن را از میان می‌برد',
  nothingWritten: 'پس از بازیابی چیزی نوشته نشده است.',
  unknownWritten: (why) => `آنچه از آن پس نوشته شده جزو رفتنی‌هاست، ولی بازشناختنی نیست: ${why}.`,
  writtenTable: (table, inserted, changed, deleted) =>
    `${table}: ${formatCount(inserted)} ردیف تازه، ${formatCount(changed)} تغییریافته، ${formatCount(deleted)} حذف‌شده`,
  writtenFiles: (newer, changed, deleted) =>
    `${formatCount(newer)} فایل تازه، ${formatCount(changed)} تغییریافته، ${formatCount(deleted)} حذف‌شده`,
  keep: 'برای نگه داشتن آن و برگرداندن آنچه واگرد برمی‌گرداند، به جای آن پشتیبان ایمنی را ادغام کنید:',
  noKeep:
    'با واگرداندن خود واگرد برمی‌گردد. نگه داشتن هر دو با هم راهی ندارد، زیرا پشتیبان ایمنی‌ای نیست که بتوان ادغامش کرد.',
  services: (names) => `سرویس‌هایی که در این میان می‌ایستند: ${names}`,
  noRoom: (path, needed, free) =>
    `! اکنون اجراشدنی نیست: چندی ${needed} در ${path} لازم است و ${free} آزاد است.`,
  elsewhere:
    'با فضای کمتر: پشتیبان ایمنی را نگه دارید، از این واگرد بگذرید، و آن را با بازگشایی در جای دیگر بازیابی کنید:',
  run: 'اجرا با:',
  undoUndo: 'آنچه اکنون در کار است نگه داشته می‌شود، پس خود واگرد هم برگشت‌پذیر است.',
  room: {
    button: 'با فضای کمتر...',
    intro: 'جایی که فضا کم است پوشهٔ دیگری می‌تواند بخشی را بگیرد. طرح از نو ساخته می‌شود.',
    folder: 'پوشه',
    placeholder: 'روی دیسک دیگر: /mnt/usb/kedge',
    note: 'پایگاه‌های داده می‌توانند آنجا بازگشایی، یا پشتیبان ایمنی آنجا گرفته شود.',
    typeFolder: 'نخست پوشه را بنویسید.',
    staging: 'بازگشایی پایگاه‌های داده در آنجا',
    safety: 'پشتیبان ایمنی در آنجا',
    without: 'بدون پشتیبان ایمنی...',
    undoless: 'بدون واگرد...',
    undolessNote:
      'بدون واگرد، پایگاه‌های داده برای همیشه بازنویسی می‌شوند: آخرین چاره، جایی که دیسک دیگری نیست.',
    agreeTitle: 'چشم‌پوشی',
    agreeTo: {
      'without safety backup': [
        'آنچه اکنون در کار است تنها در واگرد، روی همان دیسک، و تا انقضای آن می‌ماند.',
      ],
      'without undo': [
        'آنچه اکنون در کار است نگه داشته نمی‌شود. همین که نخستین پایگاه داده بازنویسی شود چیزی برنمی‌گردد: نه با Kedge، و نه اگر سرویسی آغاز نشود. طرح می‌گوید چه چیزی برگرداندنی نیست، و آیا پشتیبان ایمنی می‌تواند.',
      ],
    },
    agreeHow: 'برای پذیرش این واژه‌ها را بنویسید. پس از آن نام برنامه پرسیده می‌شود.',
    agree: 'پذیرش',
  },
  pinnedShort: 'سنجاق‌شده',
  pinned: (title) => `سنجاق شد: واگرد «${title}» تا برداشتن سنجاق می‌ماند.`,
  unpinned: (title, when) => `سنجاق برداشته شد: واگرد «${title}» ${when} منقضی می‌شود.`,
  removed: (title) => `برداشته شد: «${title}» دیگر واگرداندنی نیست.`,
  left: (name, of, why) => `«${name}» کنار ${of} می‌ماند و تا کسی آن را پاک نکند جا می‌گیرد: ${why}`,
  until: (when) => `تا ${when}`,
};
