import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';

export const salvageTexts: Words['salvage'] = {
  index: {
    whole: 'سالم',
    found: 'سالم، هرچند پایان فایل آسیب‌دیده است',
    lost: 'ازدست‌رفته: نام‌ها و محتوا از خود قاب‌ها به دست می‌آید',
  },
  proven: (byHash, byChecksum) =>
    byChecksum === 0
      ? `${formatCount(byHash)} فایل با SHA-256 خود`
      : `${formatCount(byHash)} فایل با SHA-256 خود، ${formatCount(byChecksum)} تنها با جمع‌آزمای قاب‌ها`,
  nothingLost: 'چیزی از دست نرفته است.',
  lost: (count) => `${formatCount(count)} مورد ازدست‌رفته:`,
  more: (count) => `  و ${formatCount(count)} مورد دیگر، در گزارش`,
  part: (at, bytes) => `${formatCount(bytes)} بایت از ${formatCount(at)}`,
  stretch: (places, why) => `  ! از فایل ${places}، با عضوهایی که کسی نمی‌تواند نام ببرد: ${why}`,
  rest: (path) => `      بقیه: ${path}`,
  saved: (members, lost) =>
    lost === 0
      ? `${formatCount(members)} نجات‌یافته`
      : `${formatCount(members)} نجات‌یافته، ${formatCount(lost)} ازدست‌رفته`,
};
