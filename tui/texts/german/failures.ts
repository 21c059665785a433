import type { FailureText, Language } from '../language.ts';
import { serviceFailures } from './service-failures.ts';

const f = (message: string, hint?: string): FailureText =>
  hint === undefined ? { message } : { message, hint };

/** Failures as the screens word them. What is only met in a shell is missing: it is English there. */
export const failures: Language['failures'] = {
  ...serviceFailures,
  'bad-argument': f('{what}: {problem}', '--help zeigt die Form, die verlangt ist.'),
  'version-mismatch': f(
    'Kedge hier spricht Protokoll {ours}, das fragende Programm {theirs}',
    'Auf beiden Seiten dieselbe Version von kedge verwenden.',
  ),
  unauthorized: f('das Token wurde nicht angenommen'),
  forbidden: f(
    'das verlangt die Rolle {needed}, und über diesen Socket gilt {role} ({what})',
    'Jemanden mit dieser Rolle bitten, oder über den eigenen Socket von Kedge kommen, als dessen Benutzer.',
  ),
  'read-only': f(
    'dieses Fenster ist im Lesemodus',
    'Mit "Lesemodus ein- oder ausschalten" beenden, wo etwas geändert werden soll.',
  ),
  'ssh-failed': f(
    '"{server}" ist über ssh nicht erreichbar: {cause}',
    'In einer Shell versuchen: {command}',
  ),
  'server-unreachable': f(
    'Kedge auf "{server}" ist nicht erreichbar: {cause}',
    'Dort starten ("systemctl start kedge"), oder mit --remote-kedge und --socket sagen, wo es ist.',
  ),
  'server-list-invalid': f(
    'die Liste der Server "{path}" ist nicht gültig: {problem}',
    'In einem Editor berichtigen; "kedge server list" sagt, ob sie es ist.',
  ),
  'kedge-unreachable': f(
    'Kedge ist unter "{socket}" nicht erreichbar: {cause}',
    'Mit "kedge daemon" starten, oder mit --socket seinen Socket nennen.',
  ),
  'own-folder-unusable': f(
    'Kedge kann seine eigenen Dateien nicht unter "{path}" ablegen: {cause}',
    'Diesem Benutzer dort das Schreiben erlauben, oder KEDGE_HOME auf einen Ordner setzen, in dem er es darf.',
  ),
  'own-folder-full': f(
    'Kedge kann seine eigenen Dateien nicht in "{path}" ablegen: Das Laufwerk ist voll',
    'Dort Platz schaffen und noch einmal versuchen, oder KEDGE_HOME auf einen Ordner eines anderen Laufwerks setzen.',
  ),
  'kedge-not-started': f('Kedge startete nicht: {why}', 'Sein Protokoll sagt mehr: {log}'),
  'source-owned-elsewhere': f(
    'Quelle "{source}" ({path}) schützt auf diesem Rechner schon ein anderes Kedge',
    'Das andere anhalten, oder die Quelle aus einer der beiden Konfigurationen nehmen.',
  ),
  internal: f(
    'Kedge traf auf einen eigenen Fehler: {cause}',
    'Das Protokoll des Jobs und das von Kedge sagen mehr.',
  ),
  unavailable: f('{what} ist nicht möglich: {why}'),

  'config-missing': f(
    'unter "{path}" gibt es keine Konfiguration',
    'Mit "kedge init" eine anlegen.',
  ),
  'config-invalid': f(
    'die Konfiguration "{path}" ist nicht gültig: {problem}',
    'Die letzte gute bleibt in Kraft, bis das behoben ist.',
  ),
  'config-changed': f(
    'die Konfiguration wurde seit dem Lesen von jemand anderem geändert',
    'Neu lesen und die Änderung wiederholen.',
  ),
  'config-changed-by': f(
    '{who} hat die Konfiguration nach dem Lesen gespeichert',
    'Nichts davon wurde überschrieben, nichts Eigenes gespeichert. Neu lesen und die Änderung wiederholen.',
  ),
  'not-found': f('{what} "{id}" gibt es nicht', '"kedge {list} list" führt auf, was es gibt.'),

  'destination-unknown': f('ein Ziel "{store}" gibt es nicht', '"kedge status" führt sie auf.'),
  'io-failed': f('{operation} geht nicht bei "{path}": {cause}'),
  'no-space': f(
    'nicht genug Platz in "{path}": {needed} nötig, {free} frei',
    'Platz schaffen ("kedge space" sagt, was weg kann) oder ein anderes Ziel wählen.',
  ),
  'store-offline': f(
    'Ziel "{store}" ist offline: in "{path}" liegt keine Markierung von Kedge. Ist das Laufwerk nicht eingehängt?',
    'Einhängen. Nichts wurde geschrieben.',
  ),
  'store-away': f(
    'Ziel "{store}" ist nicht angesteckt: in "{path}" liegt keine Markierung von Kedge',
    'Das Laufwerk anstecken und einhängen. Nichts wurde geschrieben.',
  ),
  'backup-away': f(
    'Sicherung {backup} liegt im Ziel "{store}", das nicht da ist: "{path}"',
    'Das Laufwerk anstecken oder einhängen und noch einmal versuchen.',
  ),
  'store-other-drive': f(
    'unter "{path}" ist ein anderes Laufwerk: seine Markierung sagt "{found}", die des Ziels "{store}" ist "{expected}"',
    'Das richtige anstecken. Soll dieses an seine Stelle treten, für das Ziel "id": "{found}" setzen. Nichts wurde geschrieben.',
  ),
  'file-too-large': f(
    'Dateien in "{path}" können höchstens {limit} haben, und {what} hat {size}',
    'Ein anderes Ziel wählen, oder das Laufwerk als exFAT, ext4 oder NTFS formatieren. Nichts wurde geschrieben.',
  ),
  'store-inside-source': f(
    'das Ziel "{path}" liegt innerhalb der Quelle "{source}" ({root})',
    'Einen Ordner außerhalb von allem wählen, was gesichert wird.',
  ),
  'already-exists': f(
    '"{path}" gibt es schon',
    'Einen anderen Namen wählen. Nichts wurde überschrieben.',
  ),
  'folder-not-empty': f(
    'der Ordner "{path}" ist nicht leer',
    'Einen leeren oder neuen wählen. Nichts wurde geschrieben.',
  ),
  'source-missing': f('Quelle "{source}": "{path}" gibt es nicht'),
  'source-unreadable': f(
    'Quelle "{source}": "{path}" ist nicht lesbar: {cause}',
    'Dem Benutzer, unter dem Kedge läuft, das Leserecht geben.',
  ),
  'source-not-a-database': f(
    'Quelle "{source}": "{path}" ist keine SQLite-Datenbank: {cause}',
    'Den Pfad in der Konfiguration prüfen.',
  ),
  'exchange-unusable': f(
    'Quelle "{source}": der Austauschordner ("{server}" für den Server, "{here}" für Kedge) ist nicht zu gebrauchen: {why}',
    'Beides muss derselbe Ordner sein, und beide Benutzer müssen darin schreiben dürfen: chgrp mssql, chmod 2770, und Kedge in der Gruppe mssql.',
  ),
  'source-miscounted': f(
    'Quelle "{source}": was von ihr aufgenommen wurde, ist nicht alles: {problem}',
    'Nichts davon wurde behalten. Die Sicherung wiederholen.',
  ),
  'postgres-tools-missing': f(
    'Quelle "{source}": pg_dump und pg_restore von PostgreSQL {major} oder neuer fehlen: {here}',
    'Installieren: apt install postgresql-client-{major} (Debian hat die einer Version, apt.postgresql.org alle)',
  ),
  'postgres-not-copied': f(
    'Quelle "{source}": Der Server lässt sich nicht als Ganzes kopieren: {why}',
  ),
  'mariadb-tools-missing': f(
    'Quelle "{source}": {tools} von {product} {version} oder neuer fehlen: {here}',
    'Installieren: apt install {package}',
  ),
  'server-program-missing': f(
    'Quelle "{source}": {program} von {product} {version} fehlt: {here}',
    'Installieren: apt install {package}',
  ),
  'dump-tool-failed': f(
    'Quelle "{source}": {tool} schlug fehl: {why}',
    'Das sind seine eigenen Worte. Was dem Konto von Kedge fehlt, nennt "kedge doctor".',
  ),
  'quiesce-failed': f(
    'Quelle "{source}": ihr Hook {hook} schlug fehl: {cause}',
    'Den Hook von Hand ausführen, um den Grund zu sehen.',
  ),

  'archive-not-ours': f(
    '"{path}" ist kein Archiv von Kedge: {problem}',
    'Ein gewöhnliches Archiv lässt sich mit "tar --zstd -xf" auspacken.',
  ),
  'archive-newer': f(
    '"{path}" hat Formatversion {found}; dieses Kedge liest bis {known}',
    'Ein neueres Kedge verwenden, oder mit "tar --zstd -xf" auspacken.',
  ),
  'archive-damaged': f(
    '"{path}" ist beschädigt: {problem}',
    'Eine andere Sicherung verwenden; auf diese ist kein Verlass.',
  ),
  'nothing-salvaged': f(
    'aus "{path}" ließ sich nichts retten: {why}',
    'Eine andere Sicherung verwenden, oder eine andere Kopie von dieser.',
  ),
  'base-missing': f(
    '"{path}" braucht die Vollsicherung "{base}": {why}',
    'Diese Vollsicherung daneben legen, unter irgendeinem Namen, oder eine andere Sicherung verwenden. Nichts wurde geändert.',
  ),
  'stands-alone': f(
    '"{path}" ist eine Vollsicherung: sie steht schon für sich',
    'Nur aus einer Differenzsicherung lässt sich eine Vollsicherung machen.',
  ),
  'upload-refused': f(
    'das hochgeladene "{name}" wurde abgelehnt und aus "{folder}" entfernt: {why}',
    'Die Datei dort, woher sie kam, mit "kedge backup verify DATEI" prüfen.',
  ),
  'backup-pinned': f(
    'Sicherung {backup} ist angeheftet ({reason}) und wird nicht gelöscht',
    'Zuerst mit "kedge backup unpin {backup}" lösen.',
  ),
  'backup-known': f(
    '"{name}" ist die Sicherung {backup}, die schon aufgeführt ist: "{path}"',
    'Vom Hochgeladenen wurde nichts behalten.',
  ),
  'download-differs': f(
    'was von "{name}" ankam, ist nicht das Gesicherte, und wurde entfernt: SHA-256 ist {found}, nicht {expected}',
    'Dort, wo sie liegt, mit "kedge backup verify {backup}" prüfen lassen.',
  ),
  'nothing-captured': f(
    'keine Quelle ließ sich aufnehmen, daher wurde keine Sicherung gemacht: {problem}',
  ),

  'key-missing': f(
    '"{path}" ist verschlüsselt, und {why}',
    'Mit --recovery-key den Wiederherstellungsschlüssel angeben, oder mit "age -d -i SCHLÜSSELDATEI" öffnen.',
  ),
  'passphrase-missing': f(
    '"{path}" ist mit einer Passphrase verschlüsselt, und keine wurde angegeben',
    'Mit --passphrase angeben.',
  ),
  'key-unproven': f(
    'die Verschlüsselung ist nicht eingeschaltet: niemand hat die geheime Hälfte des Wiederherstellungsschlüssels {recoveryKey} gezeigt',
    'Einmal mit "kedge key check" eingeben. Bis dahin wird keine Sicherung gemacht, statt eine unverschlüsselte.',
  ),
  'key-unusable': f(
    'der eigene Schlüssel von Kedge, "{path}", ist nicht verwendbar: {why}',
    'Für Kedge allein lesbar machen (chmod 600); ist er verloren, macht "kedge key check" einen neuen.',
  ),
  'key-wrong': f(
    'dies ist die geheime Hälfte von {found}, und konfiguriert ist {expected}',
    'Um ihn an dessen Stelle zu setzen, --replace angeben.',
  ),
  'passphrase-wrong': f('die Passphrase öffnet "{path}" nicht', 'Nichts wurde geändert.'),

  busy: f('{what} geht jetzt nicht: {why}', 'Abwarten oder abbrechen.'),
  'timed-out': f('{what} wurde nicht fertig innerhalb von {seconds} s'),
  cancelled: f('abgebrochen'),
  interrupted: f(
    '{kind} wurde bei Schritt "{step}" unterbrochen, weil {why}',
    'Nichts Halbes blieb zurück. Noch einmal starten.',
  ),
  'cannot-cancel': f(
    'Job {job} lässt sich bei Schritt "{step}" nicht abbrechen: Daten werden ausgetauscht',
    'Er endet gleich; danach lässt es sich rückgängig machen.',
  ),
  'job-crashed': f(
    'der Job ({kind}) ist unerwartet gestorben ({cause})',
    'Siehe "kedge job log {job}".',
  ),

  'confirmation-wrong': f('"{typed}" bestätigt dies nicht', 'Zur Bestätigung {expected} eingeben.'),
  'plan-stale': f(
    'der Plan ist überholt: {what} hat sich geändert',
    'Einen neuen Plan machen und lesen.',
  ),
  'restore-refused': f('diese Sicherung lässt sich hier nicht wiederherstellen: {why}'),
  'rolled-back': f(
    'die Wiederherstellung wurde zurückgerollt, die alten Daten sind an ihrem Platz: {why}',
  ),
  'no-good-backup': f(
    'es gibt keine gute Sicherung von {at} oder davor: {why}',
    '"kedge backup list" zeigt, welche Zeitpunkte es gibt. Eine nicht gute lässt sich selbst nennen.',
  ),
  'restore-degraded': f(
    'EINGESCHRÄNKT: die Wiederherstellung schlug fehl ({why}), und die alten Daten ließen sich noch nicht zurückholen: {stuck}. Aus: {down}',
    'Beide Stände sind erhalten. Beheben, was im Weg steht, etwa eine volle Platte, und Kedge neu starten: es macht von selbst weiter.',
  ),
  'recovery-waits': f(
    'der Abschluss von Job {job} wartet auf seinen Datenbankserver: {why}',
    'Er wird alle zehn Minuten wieder versucht. Kommt der Server nie wieder: kedge recovery give-up {job}',
  ),
  'recovery-stays': f('der Abschluss von Job {job} wird nicht aufgegeben: {why}'),
  'restore-unfinished': f(
    'EINGESCHRÄNKT: die Wiederherstellung schlug fehl ({why}), wo nichts sie mehr zurücknimmt, und ließ sich noch nicht beenden: {stuck}. Aus: {down}',
    'Beheben, was im Weg steht, etwa eine volle Platte, und Kedge neu starten: es macht von selbst weiter.',
  ),
};
