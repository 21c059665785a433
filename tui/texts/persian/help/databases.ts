export const databases = `
PostgreSQL، MariaDB، MySQL و SQL Server. پایگاه دادهٔ SQLite یک فایل است و به هیچ‌یک از این‌ها نیاز ندارد.

## راه‌اندازی
  kedge init
  kedge config edit
  kedge doctor

«init» سرورهای این دستگاه را نام می‌برد و SQL ساختن حسابی برای Kedge و سطرهای پیکربندی را چاپ می‌کند. حقی که نباشد با SQL آن نام
برده می‌شود: به دست doctor، پیش از پشتیبان‌گیری، و در طرح بازیابی. این حساب از آن خود Kedge است، نه حساب برنامه.

بی «host» سرور از راه سوکت خود در دسترس است و Kedge را از روی کاربر سیستمی آن می‌شناسد: بی گذرواژه. وگرنه «host»، «port»، «tls» و
گذرواژه‌ای در فایلی که کس دیگری نتواند بخواند:
  "password": { "file": "/etc/kedge/clinic-db" }

## PostgreSQL
  "sources": {
    "db": { "engine": "postgres", "database": "clinic", "user": "kedge" }
  }

به pg_dump و pg_restore نیاز دارد که از سرور کهنه‌تر نباشند (در Debian: postgresql-client). از پایگاه داده در یک لحظهٔ واحد تصویر
گرفته می‌شود و همه به کار خود ادامه می‌دهند.

## MariaDB و MySQL
  "sources": {
    "db": { "engine": "mariadb", "database": "clinic", "user": "kedge" }
  }

به mariadb-dump و mariadb نیاز دارد، یا mysqldump و mysql. هنگام جابه‌جایی در بازیابی، حساب‌های برنامه قفل می‌شوند: آن‌ها که در
«accounts» آمده‌اند، وگرنه همهٔ حساب‌هایی که در این پایگاه داده حقی دارند. جدول‌های بی‌تراکنش (MyISAM) از لحظه‌ای دیگرند.

## SQL Server
  "sources": {
    "db": {
      "engine": "sqlserver", "database": "clinic", "user": "kedge",
      "password": { "file": "/etc/kedge/mssql" },
      "exchange": { "server": "/srv/exchange", "here": "/srv/exchange" }
    }
  }

سرور پشتیبان‌های خود را در پوشهٔ «server» می‌نویسد و از آنجا می‌خواند؛ «here» نامی است که Kedge همان پوشه را به آن می‌شناسد. هر دو باید
بتوانند در آن بنویسند. بر پایهٔ پروتکل آزموده شده است؛ هنوز با موتور مایکروسافت اجرا نشده.

## آنچه برمی‌گردد
  kedge restore plan latest --only db
  kedge restore run latest --only db
  kedge restore run latest --table db.visit
  kedge restore run latest --table db.visit --beside

- تمام پایگاه داده؛ جدول‌های جداگانهٔ PostgreSQL و MariaDB، چنان که بودند
- جدول‌های جداگانه با نامی جداگانه، برای رونوشت از آن‌ها: --beside؛ از SQL Server تنها چنین
- نه ردیف‌های جداگانه، نه ادغام، و نه لحظه‌ای میان دو پشتیبان

تا برنامه کار می‌کند، در پایگاه داده‌ای تازه در کنار پایگاه دادهٔ در کار بار و شمرده می‌شود. سپس سرویس‌ها متوقف می‌شوند، جز خود سرور؛
هر که متصل است قطع می‌شود، آن دو جابه‌جا می‌شوند، و سرویس‌ها آغاز می‌شوند. اگر سالم نشوند، پیشین خودکار برمی‌گردد.

## یک سرور کامل
  "sources": {
    "pg": {
      "engine": "postgres-server", "data": "/var/lib/postgresql/15/main",
      "user": "kedge"
    },
    "maria": {
      "engine": "mariadb-server", "data": "/var/lib/mysql", "user": "kedge"
    }
  }

همهٔ پایگاه‌های داده با حساب‌ها و تنظیمات، به صورت پوشهٔ دادهٔ سرور؛ تفاضلی‌ها صفحه‌ها را دارند. پیش از آنکه چیزی متوقف شود سروری روی
رونوشت آغاز می‌شود و همهٔ آن را می‌خواند. سپس سرویس‌ها متوقف می‌شوند، خود سرور نیز، و پوشه‌ها جابه‌جا می‌شوند. برای این، سرور سرویسی با نقش «database» است و پوشهٔ
پیشین برای واگرداندن در کنار می‌ماند. همان سری سرور لازم است (PostgreSQL از ۱۵ به بعد) و به
اندازهٔ پوشه فضای کار؛ برای MariaDB نیز mariadb-backup. برای بازگرداندن، Kedge باید بتواند پوشه را به صاحبش بدهد: kedge install این را فراهم
می‌کند. پایگاه‌های داده و جدول‌های جداگانه تنها از منبع‌های
خود برمی‌گردند.

## واگرداندن
  kedge undo list
  kedge undo run
  kedge undo remove ID --forget

پایگاه دادهٔ پیشین ۷ روز با نامی که «__kedge_undo_» دارد در سرور می‌ماند و آنجا فضا می‌گیرد. --forget (F در صفحهٔ بازیابی) برای سروری است که دیگر نیست؛ بازیابی‌ای را که چنین سروری ناتمام گذاشته است این پایان می‌دهد:
  kedge recovery give-up 12

## تمرین بازیابی
  kedge drill latest

آن را در سرور خودش با نامی که «__kedge_drill_» دارد بازیابی می‌کند، ردیف‌های هر جدول را می‌شمارد و آن را حذف می‌کند. اگر حساب اجازه
نداشته باشد یا فضا نباشد، می‌گوید چه چیزی اثبات نشده است.

## سرویس آن
  kedge service clients database

چه کسی متصل است وقتی نشان داده می‌شود که سرویسی با نقش «database» بگوید کدام سرور است (kedge help services).

## بدون Kedge
  tar --zstd -xf FILE.tar.zst
  createdb clinic && pg_restore -d clinic db/dump
  for f in db/tables/*.sql; do mariadb clinic < "$f"; done

«db» نام منبع است؛ db/views.sql و db/code.sql به همین روش در پی می‌آیند. برای SQL Server دستور RESTORE DATABASE از db/full.bak است.
`;
