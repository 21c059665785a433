import type { Words } from '../language.ts';

export const overviewTexts: Words['overview'] = {
  welcome: [
    'Hier wird noch keine Anwendung geschützt.',
    'In einer Shell "kedge init /pfad/der/anwendung" ausführen: es sucht Datenbanken, hochgeladene Dateien und Einstellungen, stellt einige Fragen, schreibt eine kommentierte Konfiguration und macht die erste geprüfte Sicherung.',
    'Um alles zuerst an einer kleinen Praxis-Anwendung auszuprobieren, "kedge demo" ausführen.',
  ],
  recovered: 'Beim letzten Start in Ordnung gebracht:',
  demo: 'Dies ist eine Demo. Eigene Anwendung schützen:',
  demoAt: 'Im Browser:',
  health: 'Zustand',
  well: 'Alles in Ordnung: Dienste antworten, eine gute Sicherung ist da.',
  wellNoBackup: 'Dienste antworten, aber noch keine Sicherung ist nachgewiesen. Mit b sichern.',
  ill: (names) => `${names}.`,
  cutOff: 'eine Wiederherstellung wurde abgebrochen und ist noch nicht abgeschlossen',
  suggestion: {
    command: 'Gestörtes zurücksetzen',
    why: 'Grund',
    title: 'Als Nächstes',
    reset: (names) => `R zeigt den Plan für einen Reset von ${names} und was davon abhängt.`,
    atWork: (job) => `ein Reset läuft (Job ${job}): R zeigt ihn.`,
    recovering: (job) => `der Abschluss einer Wiederherstellung läuft (Job ${job}): 3 zeigt ihn.`,
    waits: (of) =>
      `3 zeigt den Abschluss von Job ${of}, der auf seinen Datenbankserver wartet, und wie er sich aufgeben lässt.`,
    heldByRecovery: (job) =>
      `Ein Reset hilft nicht: erst muss der Abschluss in Job ${job} zu Ende sein (3 zeigt ihn).`,
    heldByLockout: (service) =>
      `Ein Reset hilft nicht: die Clients von "${service}" wieder hereinlassen: kedge service let-in ${service}`,
  },
  problems: (count) =>
    count === 1
      ? '1 Problem verlangt Aufmerksamkeit, siehe unten.'
      : `${count} Probleme verlangen Aufmerksamkeit, siehe unten.`,
  warnings: (count) =>
    count === 1 ? 'In Betrieb, mit 1 Warnung unten.' : `In Betrieb, mit ${count} Warnungen unten.`,
  acknowledged: (count) =>
    count === 1
      ? 'In Betrieb, mit 1 quittierten Problem.'
      : `In Betrieb, mit ${count} quittierten Problemen.`,
  lastGood: 'Letzte gute',
  noGood: 'noch keine. Mit b sichern.',
  drill: 'Probe',
  proven: (ago, took, name) => `bestanden ${ago}, ${took}: ${name}`,
  checkpoints: 'Prüfpunkt',
  checkpoint: (name, ago, state) => `"${name}", ${ago}, ${state}`,
  jumpBack: (command) => `J springt zurück: zuerst der Plan (${command})`,
  jumpBackCommand: 'Zum Prüfpunkt zurückspringen',
  noCheckpoint: 'keiner in den letzten 7 Tagen; C setzt einen',
  next: 'Nächste',
  noNext: 'keine geplant. Mit 4 und c einen Zeitplan anlegen.',
  noNextOther: 'keine geplant. Ein Admin kann einen Zeitplan anlegen.',
  stores: 'Ziele',
  store: (id, state, free) => `${id} ${state}, ${free} frei`,
  sources: 'Geschützt',
  services: ' Dienste',
  growth: (days) => `Gespeichert in den letzten ${days} Tagen`,
  growthEnds: { from: (days) => `vor ${days} Tagen`, until: 'jetzt' },
  strip: 'Läufe',
  stripEnds: { from: 'vor 2 Wochen', today: 'heute', until: 'in 2 Wochen' },
  stripCommand: 'Einen Tag des Kalenders zeigen',
  problemsTitle: ' Probleme',
  noProblems: 'Keine Probleme.',
  hints: { services: 'Dienste', reset: 'Dienste-Reset', backUp: 'sichern', calendar: 'Kalender' },
};
