import type { FailureText, Language } from '../language.ts';

const f = (message: string, hint?: string): FailureText =>
  hint === undefined ? { message } : { message, hint };

/** What fails about services, their managers and databases. */
export const serviceFailures: Language['failures'] = {
  'service-not-found': f('سرویس «{service}» وجود ندارد', '«kedge service list» را ببینید.'),
  'service-start-failed': f(
    'سرویس «{service}» سالم نشد: {why}',
    '«kedge service logs {service}» را ببینید.',
  ),
  'service-stop-failed': f(
    'سرویس «{service}» در {seconds} ثانیه متوقف نشد (PID {pid})',
    'آن را دستی متوقف کنید، یا در پیکربندی به آن "allowKill" بدهید.',
  ),
  'reset-asks-nothing': f(
    'کار {job} اکنون چنین چیزی نمی‌پرسد',
    'کس دیگری پاسخ داده، یا سرویس در این میان متوقف شده است.',
  ),
  'reset-kill-untyped': f(
    'برای پایان اجباری سرویس «{service}» باید نام آن نوشته شود: پایگاه داده دارد',
    'پایگاه دادهٔ پایان‌یافته به اجبار شاید پس از چند ساعت پاسخ دهد.',
  ),
  'reset-meets-job': f(
    'راه‌اندازی دوباره خودبه‌خود پشت کار {job} ({title}) آغاز نمی‌شود، که در «{step}» در جریان است',
    'با --cancel-job نخست لغو می‌شود، با --wait-job پایان آن انتظار کشیده می‌شود.',
  ),
  'service-meets-job': f(
    'تا کار {job} ({title}) در «{step}» در جریان است به سرویس «{service}» خودبه‌خود دست زده نمی‌شود',
    'با --cancel-job نخست لغو می‌شود، با --wait-job پایان آن انتظار کشیده می‌شود.',
  ),
  'reset-meets-exchange': f(
    'تا کار {job} در «{step}» داده‌ها را جابه‌جا می‌کند راه‌اندازی دوباره ممکن نیست',
    'به‌زودی پایان می‌یابد؛ سپس راه‌اندازی دوباره کنید.',
  ),
  'reset-nothing': f('چیزی برای راه‌اندازی دوباره نیست: {why}', '«kedge service list» را ببینید.'),
  'service-order-reversed': f(
    'سرویس «{service}» به «{on}» وابسته است، ولی واحدهایشان وارون این می‌گویند',
    '"dependsOn" یا After= واحدها را درست کنید. راه‌اندازی دوباره از "dependsOn" پیروی می‌کند.',
  ),
  'service-order-unordered': f(
    'سرویس «{service}» به «{on}» وابسته است، ولی واحد آن این را نمی‌گوید: هنگام روشن شدن دستگاه با هم آغاز می‌شوند',
    'با root در واحد «{service}» سطر After= را بنویسید (systemctl edit). راه‌اندازی دوباره از "dependsOn" پیروی می‌کند.',
  ),
  'service-order-undeclared': f(
    'واحد سرویس «{service}» واحد «{on}» را می‌خواهد، که "dependsOn" نمی‌گوید',
    '«{on}» را به "dependsOn" سرویس «{service}» بیفزایید: توقف «{on}» آن را هم متوقف می‌کند.',
  ),
  'kedge-restart-failed': f(
    'Kedge نتوانست خود را بازآغاز کند: {why}',
    'دستی بازآغاز کنید: sudo systemctl restart kedge',
  ),
  'kedge-not-a-unit': f(
    'Kedge به صورت واحد systemd اجرا نمی‌شود، پس نمی‌تواند خود را بازآغاز کند',
    'آن را متوقف و همان‌گونه که آغاز شده بود آغاز کنید.',
  ),
  'service-stop-waits': f(
    'سرویس «{service}» در {seconds} ثانیه متوقف نشد: {product} در انتظار {count} کاربر متصل است: {who}',
    'نخست آن‌ها را پایان دهید یا منتظر بمانید. پایگاه داده هرگز بی‌پرسش به اجبار پایان نمی‌یابد.',
  ),
  'service-guarded': f(
    'تا داده‌ها جابه‌جا می‌شوند سرویس «{service}» نباید آغاز شود',
    'پس از پایان بازیابی خودکار آغاز می‌شود.',
  ),
  'service-cycle': f('سرویس‌ها دور می‌زنند و به هم وابسته‌اند: {cycle}'),
  'service-came-back': f(
    'سرویس «{service}» پس از توقف به دست {by} دوباره آغاز شد',
    '{by} را هم متوقف کنید، سپس دوباره بیازمایید.',
  ),
  'service-unit-missing': f(
    'سرویس «{service}»: واحد «{unit}» روی این سرور نیست',
    '«systemctl list-unit-files» را ببینید و "unit" این سرویس را در پیکربندی درست کنید.',
  ),
  'service-masked': f(
    'سرویس «{service}»: مدیری {unit} را پوشانده است (mask)',
    'Kedge این را تغییر نمی‌دهد. اگر باید دوباره کار کند: sudo systemctl unmask {unit}',
  ),
  'service-denied': f(
    'Kedge اجازهٔ {verb} {unit} را ندارد (با کاربر «{user}» اجرا می‌شود)',
    'با root این را در /etc/polkit-1/rules.d/50-kedge.rules بنویسید، سپس دوباره بیازمایید:\n{rule}',
  ),
  'service-polkit-down': f(
    'polkit در اجرا نیست، پس سرویس «{service}» مهارپذیر نیست: {why}',
    'با root آغازش کنید (systemctl start polkit)، سپس دوباره بیازمایید.',
  ),
  'service-manager-refused': f(
    'systemd درخواست {verb} {unit} از سرویس «{service}» را نپذیرفت: {why}',
    '«systemctl status {unit}» را ببینید.',
  ),
  'service-manager-silent': f(
    'systemd در {seconds} ثانیه پاسخ نداد',
    'تا پاسخ دهد، وضع سرویس‌ها نامعلوم است. دوباره بیازمایید.',
  ),
  'service-manager-missing': f(
    'این سرور systemd ندارد که از آن پرسیده شود ({tool})',
    'در پیکربندی به سرویس مدیر "process" یا "command" بدهید.',
  ),
  'service-manager-odd': f('پاسخ systemd فهمیدنی نیست: {why}'),
  'service-log-denied': f(
    'Kedge اجازهٔ خواندن ژورنال systemd را ندارد',
    'با root کاربر آن را به گروه «systemd-journal» بیفزایید.',
  ),
  'service-command-failed': f(
    'فرمان {verb} سرویس «{service}» شکست خورد: {why}',
    '«kedge service logs {service}» را ببینید.',
  ),
  'service-kill-missing': f(
    'سرویس «{service}» فرمانی برای پایان بی‌پرسش ندارد',
    'در پیکربندی فرمان "kill" به آن بدهید، یا آن را دستی پایان دهید.',
  ),
  'service-no-database': f(
    'سرویس «{service}» در پیکربندی "database" ندارد، پس Kedge نمی‌تواند کاربران متصل آن را بپرسد',
    'سرور آن را آنجا نام ببرید: "database": { "engine": "postgres", "user": "kedge", "name": "..." }.',
  ),
  'database-unreachable': f('{product} در {where} پاسخ نداد: {why}'),
  'database-login-refused': f(
    '{product} در {where} ورود «{user}» را نپذیرفت: {why}',
    '"user"، "password" و "name" زیر "database" سرویس آن را بررسی کنید.',
  ),
  'database-denied': f(
    '{product} به «{user}» اجازه نمی‌دهد: {what}',
    'مدیر آن سرور این را اجرا کند: {grant}',
  ),
  'database-failed': f('{product}: {why}'),
  'database-clients-stay': f(
    '{left} کاربر «{database}» همچنان به {product} متصل‌اند: {who}',
    'آن‌ها را همان‌جا پایان دهید، سپس دوباره بیازمایید.',
  ),
};
