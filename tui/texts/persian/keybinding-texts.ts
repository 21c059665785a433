import type { Words } from '../language.ts';

export const keybindingTexts: Words['keybindings'] = {
  form: 'هر قاعده چنین است: { "key": "ctrl+k x", "command": "...", "when": "...", "args": { ... } }',
  noKey: 'قاعده کلیدی را نام نمی‌برد',
  longChord: 'هر ترکیب پیاپی دو کلید دارد، جداشده با یک فاصله',
  unknownKey: (key) => `«${key}» کلید نیست`,
  keptBySystem: (modifier) => `«${modifier}» از آنِ سیستم است و هرگز به برنامه‌ای در پایانه نمی‌رسد`,
  neverArrives: (key) => `«${key}» هرگز نمی‌رسد: پایانه‌ها کدی برای آن ندارند`,
  seldomArrives: (key) =>
    `«${key}» تنها از پایانه‌هایی می‌رسد که Shift را با Ctrl می‌فرستند؛ دیگران کلید را بدون Shift می‌فرستند`,
  sameByte: (key, same) => `«${key}» به صورت ${same} می‌رسد: برای پایانه هر دو یکی هستند`,
  shiftSign: (key) => `«${key}»: به جای آن نشانه‌ای را بنویسید که Shift از کلید می‌سازد`,
  unknownCommand: (command) => `فرمانی به نام «${command}» نیست`,
  consents: (command) =>
    `کلید نمی‌تواند با آنچه «${command}» می‌پرسد موافقت کند: «confirm»، «confirmed»، «agreed» و «list.run-all» را ننویسید`,
  unknownContextKey: (key) => `«when» دربارهٔ «${key}» می‌پرسد که چیزی آن را تعیین نمی‌کند`,
  fileHead: [
    'کلیدهای خودتان. آخرین قاعدهٔ برقرار به کار می‌رود؛ فرمانی با «-» در آغاز، پیش‌فرض را برمی‌دارد:',
    '  { "key": "ctrl+k x", "command": "panel.toggle", "when": "view == jobs" },',
    '  { "key": "q", "command": "-quit" },',
    'فرمان «باز کردن کلیدهای میان‌بر پیش‌فرض» همهٔ پیش‌فرض‌ها را برای رونوشت فهرست می‌کند.',
  ],
  presetsHead: [
    'همهٔ پیش‌فرض‌ها، برای رونوشت در keybindings.json خودتان. تغییرها در اینجا نگه داشته نمی‌شوند.',
  ],
  unboundHead: 'فرمان‌های بدون کلید:',
  contextHead: 'آنچه «when» می‌تواند بپرسد (==, !=, =~, <, >, in, !, &&, ||, پرانتز):',
  conflictsTitle: 'کلیدهای خودتان که نادرست‌اند یا کلید دیگری را می‌گیرند',
  noConflicts: 'هیچ قاعده‌ای در keybindings.json نادرست نیست یا کلید دیگری را نمی‌گیرد.',
  overrides: (winner, loser) => `«${winner}» کلید «${loser}» را می‌گیرد`,
  conflicts: (winner, loser) => `«${winner}» بر «${loser}» پیشین خودتان مقدم است`,
  hides: (winner, loser) => `«${winner}» ترکیب «${loser}» را می‌پوشاند`,
  removesNothing: (command) => `«${command}» کلیدی ندارد که برداشته شود`,
  notACondition: (when) => `«${when}» شرط نیست`,
};
