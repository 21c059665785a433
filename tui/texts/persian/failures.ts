import type { FailureText, Language } from '../language.ts';
import { serviceFailures } from './service-failures.ts';

const f = (message: string, hint?: string): FailureText =>
  hint === undefined ? { message } : { message, hint };

/** Failures as the screens word them. What is only met in a shell is missing: it is English there. */
export const failures: Language['failures'] = {
  ...serviceFailures,
  'bad-argument': f('{what}: {problem}', '--help شکل خواسته‌شده را نشان می‌دهد.'),
  'version-mismatch': f(
    'Kedge اینجا پروتکل {ours} دارد و برنامهٔ پرسنده {theirs}',
    'در هر دو سو یک نسخه از kedge را به کار ببرید.',
  ),
  unauthorized: f('توکن پذیرفته نشد'),
  forbidden: f(
    'این کار نقش {needed} می‌خواهد و از این سوکت نقش {role} برقرار است ({what})',
    'از کسی با آن نقش بخواهید، یا از سوکت خود Kedge و با کاربر آن بیایید.',
  ),
  'read-only': f(
    'این پنجره در حالت فقط خواندنی است',
    'برای تغییر دادن، با «روشن یا خاموش کردن حالت فقط خواندنی» به آن پایان دهید.',
  ),
  'ssh-failed': f('«{server}» از راه ssh در دسترس نیست: {cause}', 'در پوسته بیازمایید: {command}'),
  'server-unreachable': f(
    'Kedge روی «{server}» در دسترس نیست: {cause}',
    'آن را آنجا آغاز کنید («systemctl start kedge»)، یا با --remote-kedge و --socket بگویید کجاست.',
  ),
  'server-list-invalid': f(
    'فهرست سرورها «{path}» معتبر نیست: {problem}',
    'آن را در ویرایشگر درست کنید؛ «kedge server list» می‌گوید معتبر شده است یا نه.',
  ),
  'kedge-unreachable': f(
    'Kedge در «{socket}» در دسترس نیست: {cause}',
    'با «kedge daemon» آن را آغاز کنید، یا با --socket سوکت آن را نام ببرید.',
  ),
  'own-folder-unusable': f(
    'Kedge نمی‌تواند فایل‌های خود را در «{path}» نگه دارد: {cause}',
    'به این کاربر اجازهٔ نوشتن در آنجا بدهید، یا KEDGE_HOME را پوشه‌ای بگذارید که در آن اجازه دارد.',
  ),
  'own-folder-full': f(
    'Kedge نمی‌تواند فایل‌های خود را در «{path}» نگه دارد: دیسک پر است',
    'آنجا فضا آزاد کنید و دوباره تلاش کنید، یا KEDGE_HOME را پوشه‌ای روی دیسک دیگری بگذارید.',
  ),
  'kedge-not-started': f('Kedge آغاز نشد: {why}', 'لاگ آن بیشتر می‌گوید: {log}'),
  'source-owned-elsewhere': f(
    'منبع «{source}» ({path}) را روی این دستگاه Kedge دیگری حفاظت می‌کند',
    'آن دیگری را متوقف کنید، یا منبع را از یکی از دو پیکربندی بردارید.',
  ),
  internal: f('Kedge به خطایی از خود برخورد: {cause}', 'لاگ کار و لاگ Kedge بیشتر می‌گویند.'),
  unavailable: f('{what} ممکن نیست: {why}'),

  'config-missing': f('در «{path}» پیکربندی نیست', 'با «kedge init» یکی بسازید.'),
  'config-invalid': f(
    'پیکربندی «{path}» معتبر نیست: {problem}',
    'تا درست شدن آن، آخرین پیکربندی درست برقرار می‌ماند.',
  ),
  'config-changed': f(
    'پیکربندی پس از خواندن به دست دیگری تغییر کرده است',
    'از نو بخوانید و تغییر را دوباره انجام دهید.',
  ),
  'config-changed-by': f(
    '{who} پس از خواندن شما پیکربندی را ذخیره کرده است',
    'چیزی از آن بازنویسی نشد و چیزی از شما ذخیره نشد. از نو بخوانید و تغییر را دوباره انجام دهید.',
  ),
  'not-found': f('{what} «{id}» وجود ندارد', '«kedge {list} list» موجودها را فهرست می‌کند.'),

  'destination-unknown': f('مقصد «{store}» وجود ندارد', '«kedge status» آن‌ها را فهرست می‌کند.'),
  'io-failed': f('{operation} در «{path}» انجام نشد: {cause}'),
  'no-space': f(
    'فضای «{path}» کافی نیست: {needed} لازم، {free} آزاد',
    'فضا آزاد کنید («kedge space» می‌گوید چه می‌تواند برود) یا مقصد دیگری برگزینید.',
  ),
  'store-offline': f(
    'مقصد «{store}» خارج از دسترس است: در «{path}» نشانهٔ Kedge نیست. آیا دیسک سوار نشده است؟',
    'آن را سوار کنید. چیزی نوشته نشد.',
  ),
  'store-away': f(
    'مقصد «{store}» وصل نیست: در «{path}» نشانهٔ Kedge نیست',
    'دیسک را وصل و سوار کنید. چیزی نوشته نشد.',
  ),
  'backup-away': f(
    'پشتیبان {backup} در مقصد «{store}» است که اکنون نیست: «{path}»',
    'دیسک را وصل یا سوار کنید و دوباره بیازمایید.',
  ),
  'store-other-drive': f(
    'در «{path}» دیسک دیگری است: نشانهٔ آن «{found}» است و نشانهٔ مقصد «{store}» باید «{expected}» باشد',
    'دیسک درست را وصل کنید. اگر این باید جای آن را بگیرد، برای مقصد "id": "{found}" بگذارید. چیزی نوشته نشد.',
  ),
  'file-too-large': f(
    'فایل‌های «{path}» دست‌بالا {limit} می‌توانند باشند و {what} به اندازهٔ {size} است',
    'مقصد دیگری برگزینید، یا دیسک را exFAT، ext4 یا NTFS قالب‌بندی کنید. چیزی نوشته نشد.',
  ),
  'store-inside-source': f(
    'مقصد «{path}» درون منبع «{source}» ({root}) است',
    'پوشه‌ای بیرون از همهٔ آنچه پشتیبان‌گیری می‌شود برگزینید.',
  ),
  'already-exists': f('«{path}» از پیش هست', 'نام دیگری برگزینید. چیزی بازنویسی نشد.'),
  'folder-not-empty': f('پوشهٔ «{path}» خالی نیست', 'پوشه‌ای خالی یا تازه برگزینید. چیزی نوشته نشد.'),
  'source-missing': f('منبع «{source}»: «{path}» وجود ندارد'),
  'source-unreadable': f(
    'منبع «{source}»: «{path}» خوانده نمی‌شود: {cause}',
    'به کاربری که Kedge با آن اجرا می‌شود اجازهٔ خواندن بدهید.',
  ),
  'source-not-a-database': f(
    'منبع «{source}»: «{path}» پایگاه دادهٔ SQLite نیست: {cause}',
    'مسیر را در پیکربندی بررسی کنید.',
  ),
  'exchange-unusable': f(
    'منبع «{source}»: از پوشهٔ تبادل («{server}» برای کارساز، «{here}» برای Kedge) نمی‌توان استفاده کرد: {why}',
    'هر دو باید یک پوشه باشند و هر دو کاربر باید بتوانند در آن بنویسند: chgrp mssql و chmod 2770، و Kedge در گروه mssql.',
  ),
  'source-miscounted': f(
    'منبع «{source}»: آنچه از آن گرفته شد همهٔ آن نیست: {problem}',
    'چیزی از آن نگه داشته نشد. پشتیبان‌گیری را تکرار کنید.',
  ),
  'postgres-tools-missing': f(
    'منبع «{source}»: pg_dump و pg_restore از PostgreSQL {major} یا تازه‌تر لازم است: {here}',
    'نصب کنید: apt install postgresql-client-{major} (دبیان فقط یک نسخه دارد، apt.postgresql.org همه را)',
  ),
  'postgres-not-copied': f('منبع «{source}»: این سرور را نمی‌توان یک‌جا کپی کرد: {why}'),
  'mariadb-tools-missing': f(
    'منبع «{source}»: {tools} از {product} {version} یا تازه‌تر لازم است: {here}',
    'نصب کنید: apt install {package}',
  ),
  'server-program-missing': f(
    'منبع «{source}»: {program} از {product} {version} لازم است: {here}',
    'نصب کنید: apt install {package}',
  ),
  'dump-tool-failed': f(
    'منبع «{source}»: {tool} شکست خورد: {why}',
    'این گفتهٔ خود آن است. آنچه حساب Kedge کم دارد را «kedge doctor» نام می‌برد.',
  ),
  'quiesce-failed': f(
    'منبع «{source}»: قلاب {hook} آن شکست خورد: {cause}',
    'قلاب را دستی اجرا کنید تا علت را ببینید.',
  ),

  'archive-not-ours': f(
    '«{path}» بایگانی Kedge نیست: {problem}',
    'بایگانی معمولی با «tar --zstd -xf» باز می‌شود.',
  ),
  'archive-newer': f(
    '«{path}» نسخهٔ قالب {found} دارد؛ این Kedge تا {known} را می‌خواند',
    'Kedge تازه‌تری به کار ببرید، یا با «tar --zstd -xf» بازگشایی کنید.',
  ),
  'archive-damaged': f(
    '«{path}» آسیب‌دیده است: {problem}',
    'پشتیبان دیگری به کار ببرید؛ به این یکی نمی‌توان تکیه کرد.',
  ),
  'nothing-salvaged': f(
    'از «{path}» چیزی نجات داده نشد: {why}',
    'پشتیبان دیگری، یا رونوشت دیگری از همین، به کار ببرید.',
  ),
  'base-missing': f(
    '«{path}» به پشتیبان کامل «{base}» نیاز دارد: {why}',
    'آن پشتیبان کامل را با هر نامی کنار آن بگذارید، یا پشتیبان دیگری به کار ببرید. چیزی تغییر نکرد.',
  ),
  'stands-alone': f(
    '«{path}» پشتیبان کامل است: خود به‌تنهایی بس است',
    'تنها از پشتیبان تفاضلی می‌توان پشتیبان کامل ساخت.',
  ),
  'upload-refused': f(
    '«{name}» بارگذاری‌شده پذیرفته نشد و از «{folder}» برداشته شد: {why}',
    'فایل را همان‌جا که از آن آمد با «kedge backup verify FILE» راستی‌آزمایی کنید.',
  ),
  'backup-pinned': f(
    'پشتیبان {backup} سنجاق شده است ({reason}) و حذف نمی‌شود',
    'نخست با «kedge backup unpin {backup}» سنجاق آن را بردارید.',
  ),
  'backup-known': f(
    '«{name}» همان پشتیبان {backup} است که در فهرست هست: «{path}»',
    'از بارگذاری‌شده چیزی نگه داشته نشد.',
  ),
  'download-differs': f(
    'آنچه از «{name}» رسید همان پشتیبان نیست و برداشته شد: SHA-256 آن {found} است، نه {expected}',
    'همان‌جا که هست با «kedge backup verify {backup}» راستی‌آزمایی شود.',
  ),
  'nothing-captured': f('هیچ منبعی گرفته نشد، پس پشتیبانی ساخته نشد: {problem}'),

  'key-missing': f(
    '«{path}» رمزنگاری شده است، و {why}',
    'کلید بازیابی را با --recovery-key بدهید، یا با «age -d -i KEYFILE» باز کنید.',
  ),
  'passphrase-missing': f(
    '«{path}» با عبارت عبور رمزنگاری شده و عبارتی داده نشده است',
    'آن را با --passphrase بدهید.',
  ),
  'key-unproven': f(
    'رمزنگاری روشن نیست: کسی نیمهٔ پنهان کلید بازیابی {recoveryKey} را نشان نداده است',
    'یک بار با «kedge key check» آن را بنویسید. تا آن زمان، به جای پشتیبان رمزنگاری‌نشده، پشتیبانی ساخته نمی‌شود.',
  ),
  'key-unusable': f(
    'کلید خود Kedge، «{path}»، به کار نمی‌آید: {why}',
    'آن را تنها برای Kedge خواندنی کنید (chmod 600)؛ اگر از دست رفته، «kedge key check» کلید تازه می‌سازد.',
  ),
  'key-wrong': f(
    'این نیمهٔ پنهان {found} است و پیکربندی {expected} را دارد',
    'برای گذاشتن آن به جای این، --replace بدهید.',
  ),
  'passphrase-wrong': f('عبارت عبور «{path}» را باز نمی‌کند', 'چیزی تغییر نکرد.'),

  busy: f('{what} اکنون ممکن نیست: {why}', 'منتظر بمانید یا آن را لغو کنید.'),
  'timed-out': f('{what} در {seconds} ثانیه پایان نیافت'),
  cancelled: f('لغو شد'),
  interrupted: f(
    '{kind} در گام «{step}» بریده شد، زیرا {why}',
    'چیز نیمه‌کاره‌ای نماند. دوباره آغاز کنید.',
  ),
  'cannot-cancel': f(
    'کار {job} در گام «{step}» لغوپذیر نیست: داده‌ها در حال جابه‌جایی‌اند',
    'به‌زودی پایان می‌یابد؛ پس از آن واگرداندنی است.',
  ),
  'job-crashed': f('کار ({kind}) ناگهان از میان رفت ({cause})', '«kedge job log {job}» را ببینید.'),

  'confirmation-wrong': f('«{typed}» این را تأیید نمی‌کند', 'برای تأیید {expected} را بنویسید.'),
  'plan-stale': f('طرح کهنه است: {what} تغییر کرده است', 'طرح تازه‌ای بسازید و بخوانید.'),
  'restore-refused': f('این پشتیبان اینجا بازیابی‌پذیر نیست: {why}'),
  'rolled-back': f('بازیابی برگردانده شد، داده‌های پیشین سر جای خود هستند: {why}'),
  'no-good-backup': f(
    'پشتیبان خوبی از {at} یا پیش از آن نیست: {why}',
    '«kedge backup list» زمان‌های موجود را نشان می‌دهد. آن را که خوب نیست می‌توان خود نام برد.',
  ),
  'restore-degraded': f(
    'کاهش‌یافته: بازیابی شکست خورد ({why}) و داده‌های پیشین هنوز برگردانده نشده‌اند: {stuck}. خاموش: {down}',
    'هر دو حالت نگه داشته شده‌اند. مانع، مانند دیسک پر، را بردارید و Kedge را بازآغاز کنید: خود ادامه می‌دهد.',
  ),
  'recovery-waits': f(
    'ترمیم کار {job} منتظر کارساز پایگاه داده‌اش است: {why}',
    'هر ده دقیقه دوباره آزموده می‌شود. اگر آن کارساز دیگر هرگز برنمی‌گردد: kedge recovery give-up {job}',
  ),
  'recovery-stays': f('از ترمیم کار {job} دست کشیده نمی‌شود: {why}'),
  'restore-unfinished': f(
    'کاهش‌یافته: بازیابی در جایی شکست خورد ({why}) که دیگر برگشتی نیست، و هنوز پایان داده نشده است: {stuck}. خاموش: {down}',
    'مانع، مانند دیسک پر، را بردارید و Kedge را بازآغاز کنید: خود ادامه می‌دهد.',
  ),
};
