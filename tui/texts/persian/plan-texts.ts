import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

const list = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('، ');
const some = (value: number, text: string): string =>
  value === 0 ? '' : `${formatCount(value)} ${text}`;
const rowsOf = (value: number): string => `${formatCount(value)} ردیف`;
const since = (inserted: number, changed: number, deleted: number): string =>
  list([
    some(inserted, 'تازه می‌رود'),
    some(changed, 'تغییریافته برمی‌گردد'),
    some(deleted, 'حذف‌شده بازمی‌آید'),
  ]);
const words = { new: 'تازه', changed: 'تغییر', deleted: 'حذف' };

export const planTexts: Words['plan'] = {
  obstacles: 'این طرح قابل اجرا نیست:',
  summary: (application, at, ago) => `${application} به ${at} (${ago}) برمی‌گردد.`,
  partOf: (application, at, ago) => `بخشی از ${application} به ${at} (${ago}) برمی‌گردد.`,
  merged: (application, at, ago) =>
    `${application} آنچه را در ${at} (${ago}) داشت بازمی‌یابد؛ آنچه پس از آن آمده می‌ماند.`,
  beside: (at, ago) =>
    `جدول‌های پشتیبان ${at} (${ago}) با نام‌هایی از آن خود در کنار جدول‌های کنونی بار می‌شوند. به چیزی از آن‌ها دست زده نمی‌شود.`,
  unpacked: (folder, at, ago) =>
    `پشتیبان ${at} (${ago}) در ${folder} بازگشایی می‌شود. به آنچه در کار است دست زده نمی‌شود.`,
  parts: 'تنها این بخش',
  part: (source, paths, tables) => {
    const inside = [...paths, ...tables].join(', ');
    return inside === '' ? source : `${source}: ${inside}`;
  },
  tablePart: (table, rows) =>
    rows === undefined ? `جدول ${table}` : `${rowsOf(rows)} از ${table}`,
  backup: 'پشتیبان',
  asked: 'خواسته‌شده',
  askedAt: (at, gap) => `${at}؛ این پشتیبان ${gap} پیش از آن گرفته شده است`,
  askedExactly: (at) => `${at}، درست زمان همین پشتیبان`,
  passedOver: (name, at, why) => `تازه‌تر، ولی به کار نرفت: ${name} (${at})، زیرا ${why}`,
  downtime: 'زمان توقف',
  downtimeOf: {
    restore: (time) => `حدود ${time}، مانند بازیابی پیشین`,
    drill: (time) => `حدود ${time}، بر پایهٔ آغاز آخرین تمرین بازیابی`,
    estimate: (time) => `حدود ${time} (برآورد: هنوز بازیابی یا تمرینی نبوده است)`,
  },
  about: (time) => `حدود ${time}`,
  lost: 'از دست می‌رود',
  nothingLost: 'چیز تازه‌تری یافت نشد',
  lostWork: (span, what) => `کار ${span} گذشته: ${what.join('؛ ')}`,
  lostRows: (inserted, changed) =>
    inserted + changed === 0
      ? 'بدون ردیف'
      : `ردیف‌ها: ${list([some(inserted, 'تازه'), some(changed, 'تغییریافته')])}`,
  lostFiles: (newer, changed, bytes) =>
    newer + changed === 0
      ? 'بدون فایل'
      : `فایل‌ها: ${list([some(newer, 'تازه'), some(changed, 'تغییریافته')])} (${bytes})`,
  lostUncounted: (span: string) =>
    `آنچه در ${span} گذشته آمده و قابل مقایسه نبود، پایین را ببینید؛ جز آن چیز تازه‌تری یافت نشد`,
  notAllKnown: 'و آنچه قابل مقایسه نبود، پایین را ببینید',
  comesBack: 'برمی‌گردد',
  nothingBack: 'هیچ: هر آنچه در این پشتیبان است هم‌اکنون هست',
  comingBack: (rows, files) =>
    `${[
      ...(rows === 0 ? [] : [rowsOf(rows)]),
      ...(files === 0 ? [] : [`${formatCount(files)} فایل`]),
    ].join(' و ')} که از آن پس حذف شده‌اند`,
  version: 'نسخه',
  versions: (then, now) => (then === now ? now : `پشتیبان ${then}، اکنون در کار ${now}`),
  unknown: 'نامعلوم',
  unpacks: 'آنچه باز می‌شود',
  changes: 'آنچه جایگزین می‌شود',
  source: (engine, bytes) => `(${engine}، ${bytes})`,
  goesTo: (place) => `به ${place}`,
  replaces: (live) => `جایگزین ${live} می‌شود`,
  problem: (problem) => `مقایسه نشد: ${problem}`,
  sameTable: (table, rows) => `${table}: ${rowsOf(rows)}، مانند اکنون`,
  asMany: (table, rows) => `${table}: ${rowsOf(rows)}، به شمار اکنون`,
  table: (table, live, backup) => `${table}: اکنون ${rowsOf(live)}، آن زمان ${formatCount(backup)}`,
  rowsSince: since,
  sameFiles: 'فایل‌ها: مانند اکنون',
  files: (newer, changed, deleted, bytes) =>
    `فایل‌ها: ${since(newer, changed, deleted)}${newer + changed === 0 ? '' : ` (${bytes})`}`,
  sample: (change, path, bytes, at) => `${words[change].padEnd(5)} ${path} (${bytes}، ${at})`,
  merges: 'آنچه برمی‌گردد',
  mergedTable: (table, inserted, overwritten, deleted) =>
    `${table}: ${list([
      some(inserted, 'برمی‌گردد'),
      some(overwritten, 'تغییریافته بازنویسی می‌شود'),
      some(deleted, 'که از آن پس آمده از میان می‌رود'),
    ])}`,
  mergedNoFiles: 'فایل‌ها: هیچ‌یک کم یا متفاوت نیست',
  mergedNothing: (table) => `${table}: چیزی برای برگرداندن نیست`,
  reusedKeys: (rows) => `${formatCount(rows)} مورد از آن‌ها گویا چیز دیگری زیر همان کلید است`,
  orphans: (rows) => `${rowsOf(rows)} به ردیف‌هایی اشاره خواهد کرد که هیچ‌جا نیستند`,
  mergedFiles: (inserted, overwritten, bytes) =>
    `فایل‌ها: ${list([some(inserted, 'برمی‌گردد'), some(overwritten, 'بازنویسی می‌شود')])} (${bytes})`,
  warnings: 'پیشاپیش بدانید',
  safety: 'پیش از آن',
  safetyTaken: (folder, bytes, time) =>
    `پشتیبانی از آنچه اکنون در کار است، در ${folder}: حدود ${bytes} و ${time}`,
  safetyGap: (gap) => `آن پشتیبان این را نخواهد داشت: ${gap}`,
  safetyNone: (why) => `بدون پشتیبان از آنچه اکنون در کار است: ${why}`,
  safetyLeftOut: 'چنان که خواسته شد، از آنچه اکنون در کار است پشتیبان گرفته نمی‌شود',
  services: 'سرویس‌ها و کاربران متصل',
  stops: (names) => `می‌ایستند و دوباره آغاز می‌شوند: ${names}`,
  noneStops: 'لازم نیست سرویسی بایستد',
  stays: (names) => `همان‌گونه می‌مانند: ${names}`,
  client: (program, pid, source, more) =>
    `${program} (${[`PID ${pid}`, ...more].join('، ')}) ${source} را باز دارد`,
  clientUser: (user) => `از ${user}`,
  clientSince: (time) => `از ${time} پیش`,
  noClients: 'تا جایی که Kedge می‌بیند، کس دیگری داده‌ها را باز ندارد',
  unseen: (processes) => `${formatCount(processes)} پردازهٔ کاربران دیگر بررسی‌پذیر نبود`,
  space: 'فضا',
  spaceIn: (path, needed, free) => `${path}: ${needed} لازم، ${free} آزاد`,
  undoTakes: (bytes) => `واگرد تا انقضا حدود ${bytes} نگه می‌دارد`,
  undoless: 'چنان که خواسته شد، واگردی نگه داشته نمی‌شود: برگشت‌پذیر نیست',
  offer: (kind, bytes, command) => `${kind}، ${bytes} کمتر: ${command}`,
  lastOffer: (bytes, sources, command) =>
    `بدون واگرد، ${bytes} کمتر، و آنچه از ${sources} در کار است برگرداندنی نیست: ${command}`,
  offers: 'با فضای کمتر',
  steps: 'گام‌ها',
  contact: 'تماس',
  undoLater: 'آنچه اکنون در کار است به صورت واگرد می‌ماند، پس این کار برگشت‌پذیر است.',
};
