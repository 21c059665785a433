import type { FailureText, Language } from '../language.ts';

const f = (message: string, hint?: string): FailureText =>
  hint === undefined ? { message } : { message, hint };

/** What fails about services, their managers and databases. */
export const serviceFailures: Language['failures'] = {
  'service-not-found': f('einen Dienst "{service}" gibt es nicht', 'Siehe "kedge service list".'),
  'service-start-failed': f(
    'Dienst "{service}" wurde nicht gesund: {why}',
    'Siehe "kedge service logs {service}".',
  ),
  'service-stop-failed': f(
    'Dienst "{service}" hielt innerhalb von {seconds} s nicht an (PID {pid})',
    'Von Hand stoppen, oder ihm in der Konfiguration "allowKill" erlauben.',
  ),
  'reset-asks-nothing': f(
    'Job {job} fragt jetzt nichts dergleichen',
    'Jemand anderes hat geantwortet, oder der Dienst hielt inzwischen an.',
  ),
  'reset-kill-untyped': f(
    'um das Ende von Dienst "{service}" zu erzwingen, ist sein Name einzugeben: er enthält eine Datenbank',
    'Eine so beendete Datenbank antwortet vielleicht erst nach Stunden wieder.',
  ),
  'reset-meets-job': f(
    'ein Reset startet nicht von selbst hinter Job {job} ({title}), der läuft, bei "{step}"',
    'Mit --cancel-job wird er vorher abgebrochen, mit --wait-job sein Ende abgewartet.',
  ),
  'service-meets-job': f(
    'Dienst "{service}" wird nicht von selbst angerührt, solange Job {job} ({title}) läuft, bei "{step}"',
    'Mit --cancel-job wird er vorher abgebrochen, mit --wait-job sein Ende abgewartet.',
  ),
  'reset-meets-exchange': f(
    'ein Reset ist nicht möglich, solange Job {job} Daten austauscht, bei "{step}"',
    'Er endet gleich; dann zurücksetzen.',
  ),
  'reset-nothing': f('es gibt nichts zurückzusetzen: {why}', 'Siehe "kedge service list".'),
  'service-order-reversed': f(
    'Dienst "{service}" hängt von "{on}" ab, aber ihre Units sagen es umgekehrt',
    '"dependsOn" oder After= der Units berichtigen. Ein Reset richtet sich nach "dependsOn".',
  ),
  'service-order-unordered': f(
    'Dienst "{service}" hängt von "{on}" ab, aber seine Unit sagt es nicht: beim Hochfahren starten beide zugleich',
    'Als root After= in die Unit von "{service}" schreiben (systemctl edit). Ein Reset richtet sich nach "dependsOn".',
  ),
  'service-order-undeclared': f(
    'die Unit von Dienst "{service}" verlangt die von "{on}", was "dependsOn" nicht sagt',
    '"{on}" in "dependsOn" von "{service}" aufnehmen: ein Stopp von "{on}" stoppt auch ihn.',
  ),
  'kedge-restart-failed': f(
    'Kedge konnte sich nicht selbst neu starten: {why}',
    'Von Hand neu starten: sudo systemctl restart kedge',
  ),
  'kedge-not-a-unit': f(
    'Kedge läuft nicht als Unit von systemd und kann sich daher nicht selbst neu starten',
    'Anhalten und wieder so starten, wie es gestartet wurde.',
  ),
  'service-stop-waits': f(
    'Dienst "{service}" hielt innerhalb von {seconds} s nicht an: {product} wartet auf {count} Clients: {who}',
    'Diese zuerst beenden oder abwarten. Bei einer Datenbank wird das Ende nie ungefragt erzwungen.',
  ),
  'service-guarded': f(
    'Dienst "{service}" darf nicht starten, solange Daten ausgetauscht werden',
    'Er startet von selbst, wenn die Wiederherstellung durch ist.',
  ),
  'service-cycle': f('die Dienste hängen im Kreis voneinander ab: {cycle}'),
  'service-came-back': f(
    'Dienst "{service}" wurde nach dem Stopp von {by} wieder gestartet',
    'Auch {by} stoppen, dann noch einmal versuchen.',
  ),
  'service-unit-missing': f(
    'Dienst "{service}": eine Unit "{unit}" gibt es auf diesem Server nicht',
    'Siehe "systemctl list-unit-files", und "unit" dieses Dienstes in der Konfiguration berichtigen.',
  ),
  'service-masked': f(
    'Dienst "{service}": {unit} ist von einem Administrator maskiert',
    'Kedge ändert das nicht. Soll er wieder laufen: sudo systemctl unmask {unit}',
  ),
  'service-denied': f(
    'Kedge darf {verb} {unit} nicht (es läuft als Benutzer "{user}")',
    'Als root dies in /etc/polkit-1/rules.d/50-kedge.rules schreiben, dann noch einmal versuchen:\n{rule}',
  ),
  'service-polkit-down': f(
    'polkit läuft nicht, daher ist Dienst "{service}" nicht zu steuern: {why}',
    'Als root starten (systemctl start polkit), dann noch einmal versuchen.',
  ),
  'service-manager-refused': f(
    'systemd lehnte {verb} {unit} von Dienst "{service}" ab: {why}',
    'Siehe "systemctl status {unit}".',
  ),
  'service-manager-silent': f(
    'systemd antwortete nicht in {seconds} s',
    'Was die Dienste tun, ist unbekannt, bis es antwortet. Noch einmal versuchen.',
  ),
  'service-manager-missing': f(
    'dieser Server hat kein systemd, das zu fragen wäre ({tool})',
    'Dem Dienst in der Konfiguration den Manager "process" oder "command" geben.',
  ),
  'service-manager-odd': f('die Antwort von systemd ist nicht zu verstehen: {why}'),
  'service-log-denied': f(
    'Kedge darf das Journal von systemd nicht lesen',
    'Als root seinen Benutzer in die Gruppe "systemd-journal" aufnehmen.',
  ),
  'service-command-failed': f(
    'der Befehl {verb} von Dienst "{service}" schlug fehl: {why}',
    'Siehe "kedge service logs {service}".',
  ),
  'service-kill-missing': f(
    'Dienst "{service}" hat keinen Befehl, der ihn ohne zu fragen beendet',
    'Ihm in der Konfiguration einen Befehl "kill" geben, oder ihn von Hand beenden.',
  ),
  'service-no-database': f(
    'Dienst "{service}" hat in der Konfiguration kein "database", daher kann Kedge nicht nach seinen Clients fragen',
    'Dort seinen Server nennen: "database": { "engine": "postgres", "user": "kedge", "name": "..." }.',
  ),
  'database-unreachable': f('{product} antwortete unter {where} nicht: {why}'),
  'database-login-refused': f(
    '{product} unter {where} lehnte die Anmeldung von "{user}" ab: {why}',
    '"user", "password" und "name" unter "database" seines Dienstes prüfen.',
  ),
  'database-denied': f(
    '{product} lässt "{user}" nicht: {what}',
    'Ein Administrator dieses Servers führe aus: {grant}',
  ),
  'database-failed': f('{product}: {why}'),
  'database-clients-stay': f(
    '{left} Clients von "{database}" bleiben mit {product} verbunden: {who}',
    'Sie dort beenden, dann noch einmal versuchen.',
  ),
};
