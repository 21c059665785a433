import type { Language } from '../language.ts';

/** Groups of commands, by their English names. */
export const categories: Language['categories'] = {
  Alarms: 'Alarme',
  Backup: 'Sicherung',
  Demo: 'Demo',
  Destinations: 'Ziele',
  Encryption: 'Verschlüsselung',
  Jobs: 'Jobs',
  Kedge: 'Kedge',
  Overview: 'Übersicht',
  Restore: 'Wiederherstellen',
  Schedules: 'Zeitpläne',
  Servers: 'Server',
  Services: 'Dienste',
  'Set up': 'Einrichten',
  Settings: 'Einstellungen',
};

const backup =
  'eine Sicherung: ihre Kennung (8 Zeichen genügen), ihr Name, "latest" oder der Pfad eines Archivs';
const trashed = 'eine gelöschte Sicherung: ihre Kennung (8 Zeichen genügen) oder ihr Dateiname';
const service = 'Kennung des Dienstes';
const schedule = 'Name des Zeitplans';
const job = 'Nummer des Jobs';
const at =
  'die neueste gute Sicherung zu diesem Zeitpunkt oder davor: "2026-11-20 14:00", "gestern 14:00", "14:00"';
const copyArguments = {
  backup: 'die Sicherungen nach Kennung oder Name, und das Ziel zuletzt',
  to: 'ein Ziel nach seinem Namen oder irgendein Ordner, wo es nicht zuletzt steht',
};

/** Titles of the commands, and what is asked for of their arguments. */
export const commands: Language['commands'] = {
  init: { title: 'Eine Anwendung schützen' },
  install: { title: 'Kedge als Dienst installieren' },
  uninstall: { title: 'Den Dienst Kedge entfernen' },
  recover: {
    title: 'Auf diesem Rechner neu aufbauen',
    args: {
      archive: 'ein Archiv, oder ein Ordner mit solchen; die neueste ganze Sicherung darin gilt',
    },
  },
  status: { title: 'Stand zeigen' },
  'support.create': { title: 'Paket für die Hilfe schreiben' },
  doctor: { title: 'Nachsehen, was nicht stimmt' },
  'report.read': { title: 'Bericht der letzten Tage' },
  'metrics.read': { title: 'Messwerte zeigen' },
  'backup.create': { title: 'Jetzt sichern' },
  'backup.copy': { title: 'Sicherungen kopieren', args: copyArguments },
  'backup.move': { title: 'Sicherungen verschieben', args: copyArguments },
  'backup.import': {
    title: 'Einen Ordner voll Archive aufnehmen',
    args: {
      folder: 'der Ordner, in dem sie liegen; andere Dateien werden nicht angesehen',
      store: 'das Ziel, nach seinem Namen',
    },
  },
  'destination.prepare': {
    title: 'Ein Ziel vorbereiten',
    args: { store: 'das Ziel, nach seinem Namen in der Konfiguration' },
  },
  'backup.list': { title: 'Sicherungen auflisten' },
  'backup.show': { title: 'Eine Sicherung zeigen', args: { backup } },
  'backup.browse': { title: 'In einer Sicherung blättern', args: { backup } },
  'backup.rows': {
    title: 'In den Zeilen einer Sicherung blättern',
    args: { backup, source: 'eine Quelle, die eine Datenbank ist' },
  },
  'backup.extract': {
    title: 'Dateien aus einer Sicherung holen',
    args: { backup, to: 'der Ordner dafür, in dem nichts mit ihrem Namen liegen darf' },
  },
  'backup.salvage': {
    title: 'Eine beschädigte Sicherung retten',
    args: {
      backup: 'eine Sicherung oder der Pfad eines Archivs, wie beschädigt auch immer',
      to: 'ein neuer oder leerer Ordner',
    },
  },
  'backup.pin': { title: 'Eine Sicherung anheften', args: { backup } },
  'backup.unpin': { title: 'Eine Sicherung lösen', args: { backup } },
  'backup.consolidate': {
    title: 'Vollsicherung aus einer Differenzsicherung machen',
    args: {
      backup:
        'eine Differenzsicherung: ihre Kennung (8 Zeichen genügen), ihr Name, "latest" oder der Pfad eines Archivs',
    },
  },
  'backup.diff': {
    title: 'Zwei Sicherungen vergleichen',
    args: {
      from: backup,
      to: 'die Sicherung, mit der verglichen wird, ebenso anzugeben; auch eine ältere',
    },
  },
  'backup.verify': { title: 'Eine Sicherung prüfen', args: { backup } },
  'backup.download': { title: 'Eine Sicherung herunterladen', args: { backup } },
  'backup.upload': {
    title: 'Eine Sicherung hochladen',
    args: { file: 'das Archiv, hier; auch eines von einer anderen Installation' },
  },
  'backup.delete': { title: 'Eine Sicherung löschen', args: { backup } },
  'key.status': { title: 'Zeigen, wie Sicherungen verschlüsselt sind' },
  'key.create': { title: 'Einen Wiederherstellungsschlüssel machen' },
  'key.check': { title: 'Den Wiederherstellungsschlüssel nachweisen' },
  'restore.plan': { title: 'Eine Wiederherstellung planen', args: { backup, at } },
  'restore.run': { title: 'Eine Sicherung wiederherstellen', args: { backup, at } },
  'undo.list': { title: 'Rücknahmen auflisten' },
  'undo.run': { title: 'Eine Wiederherstellung rückgängig machen' },
  'undo.show': { title: 'Vorschau einer Rücknahme' },
  'undo.pin': { title: 'Eine Rücknahme anheften' },
  'undo.unpin': { title: 'Eine Rücknahme lösen' },
  'recovery.list': { title: 'Abschlüsse auflisten' },
  'recovery.give-up': {
    title: 'Einen Abschluss aufgeben',
    args: { recovery: 'von welchem Job' },
  },
  'undo.remove': { title: 'Eine Rücknahme entfernen', args: { undo: 'welche' } },
  checkpoint: {
    title: 'Einen Prüfpunkt setzen',
    args: { name: 'wie er heißt, etwa "vor Update 4.3"' },
  },
  'checkpoint.list': { title: 'Prüfpunkte auflisten' },
  drill: { title: 'Eine Sicherung proben' },
  'schedule.list': { title: 'Zeitpläne auflisten' },
  'schedule.set': { title: 'Einen Zeitplan setzen', args: { schedule } },
  'schedule.preview': { title: 'Vorschau eines Zeitplans', args: { schedule } },
  'schedule.show': { title: 'Einen Zeitplan zeigen', args: { schedule } },
  'schedule.skip': { title: 'Den nächsten Lauf auslassen', args: { schedule } },
  'schedule.unskip': { title: 'Den nächsten Lauf nicht auslassen', args: { schedule } },
  'schedule.remove': { title: 'Einen Zeitplan entfernen', args: { schedule } },
  'schedule.pause': { title: 'Einen Zeitplan anhalten', args: { schedule } },
  'schedule.resume': { title: 'Einen Zeitplan weiterlaufen lassen', args: { schedule } },
  'schedule.run': { title: 'Einen Zeitplan jetzt ausführen', args: { schedule } },
  'retention.preview': { title: 'Zeigen, was die Aufbewahrung nähme' },
  'retention.run': { title: 'Die Aufbewahrung nehmen lassen, was sie darf' },
  'trash.list': { title: 'Den Papierkorb zeigen' },
  'trash.restore': { title: 'Eine gelöschte Sicherung zurückholen', args: { backup: trashed } },
  'trash.empty': { title: 'Den Papierkorb leeren' },
  'installation.moved': { title: 'Dieses Kedge ist hierher umgezogen' },
  'installation.copy': { title: 'Dieses Kedge ist eine Kopie' },
  'space.read': { title: 'Freien Platz zeigen' },
  'space.clear': {
    title: 'Entfernen, was Platz braucht',
    args: {
      what: 'was weg soll: uploads oder differentials',
      store: 'Ziel, nach seinem Namen',
    },
  },
  'calendar.read': { title: 'Einen Monat voll Läufe zeigen' },
  'alarm.list': { title: 'Alarme auflisten' },
  'alarm.acknowledge': { title: 'Einen Alarm quittieren', args: { alarm: 'Nummer des Alarms' } },
  'alarm.test': { title: 'Die Alarmwege testen' },
  'service.list': { title: 'Dienste auflisten' },
  'service.history': { title: 'Verlauf der Dienste' },
  'service.clients': { title: 'Clients einer Datenbank', args: { service } },
  'service.shut-out': { title: 'Die Clients einer Datenbank aussperren', args: { service } },
  'service.let-in': { title: 'Die Clients einer Datenbank wieder hereinlassen', args: { service } },
  'service.start': { title: 'Einen Dienst starten', args: { service } },
  'service.stop': { title: 'Einen Dienst stoppen', args: { service } },
  'service.restart': { title: 'Einen Dienst neu starten', args: { service } },
  'service.reset': { title: 'Dienste zurücksetzen' },
  'service.answer': {
    title: 'Einem Reset antworten',
    args: {
      job: 'Nummer des Resets',
      answer:
        'länger warten, seine Clients beenden, sein Ende erzwingen, oder Gestopptes wieder starten',
    },
  },
  'service.logs': { title: 'Das Protokoll eines Dienstes zeigen', args: { service } },
  'job.list': { title: 'Jobs auflisten' },
  'job.show': { title: 'Einen Job zeigen', args: { job } },
  'job.cancel': { title: 'Einen Job abbrechen', args: { job } },
  'job.log': { title: 'Das Protokoll eines Jobs zeigen', args: { job } },
  'job.retry': { title: 'Einen Job noch einmal versuchen', args: { job } },
  'config.check': { title: 'Die Konfiguration prüfen' },
  'config.edit': { title: 'Die Konfiguration bearbeiten' },
  demo: { title: 'Die Demo starten' },
  'demo.accident': { title: 'Einen Unfall anrichten', args: { accident: 'welchen' } },
  'demo.stop': { title: 'Die Demo beenden' },
  'server.add': {
    title: 'Einen Server in die Liste aufnehmen',
    args: { name: 'wie er heißen soll', address: '[benutzer@]host[:port], wie ssh es nimmt' },
  },
  'server.list': { title: 'Die Server auflisten' },
  'server.remove': {
    title: 'Einen Server aus der Liste nehmen',
    args: { name: 'sein Name in der Liste' },
  },
  'audit.list': { title: 'Was getan wurde, und von wem' },
  who: { title: 'Wer da ist' },
  relay: { title: 'Eine Verbindung an Kedge weiterreichen' },
  help: { title: 'Die Hilfe lesen' },
  completion: { title: 'Vervollständigung für eine Shell', args: { shell: 'die Shell' } },
};
