import type { firstTourTexts as english } from '../english/first-tour-texts.ts';
import type { Translated } from '../language.ts';

export const firstTourTexts: Translated<typeof english> = {
  take: 'Rundgang machen',
  title: (step: number, count: number, name: string): string =>
    `Rundgang ${step} von ${count}: ${name}`,
  next: 'Weiter',
  done: 'Fertig',
  previous: 'Zurück',
  leave: 'Rundgang beenden',
  keys: 'Enter weiter   Esc beenden',
  steps: {
    welcome: {
      title: 'Willkommen',
      body: [
        'Zwei Minuten, auf den Ansichten selbst; nichts wird verändert. Jede andere Taste beendet den Rundgang und tut, was sie immer tut.',
        'Die Tasten 1 bis 8 sind die acht Ansichten. Dies ist die erste: ob alles in Ordnung ist und was Sie braucht.',
      ],
    },
    backUp: {
      title: 'Sichern',
      body: [
        'Von überall führt „b“ hierher: ein Name, wenn Sie mögen, ein Ort, Enter. Darunter steht jede Sicherung, die es gibt.',
        'Jede wird gleich nach dem Schreiben zurückgelesen und geprüft. Eine Probe stellt sie zur Seite wieder her.',
      ],
    },
    restore: {
      title: 'Wiederherstellen',
      body: [
        'Wählen Sie eine Sicherung und lesen Sie zuerst, was sich ändern würde und was verloren ginge. Nichts geschieht, ohne dass der Name der Anwendung eingetippt wird.',
        'Was vorher da war, bleibt tagelang und kann zurückgeholt werden.',
      ],
    },
    schedules: {
      title: 'Zeitpläne',
      body: [
        '„c“ legt einen an: Vollsicherungen nach Tag, Woche oder Monat, Differenzen dazwischen, und wie lange sie bleiben.',
        'Was er bedeutet und seine nächsten zehn Läufe stehen neben dem Formular, bevor Sie speichern.',
      ],
    },
    services: {
      title: 'Dienste',
      body: [
        '„Es hängt“: Hier steht, welcher Dienst krank ist und warum.',
        '„R“ zeigt von überall den Plan eines Zurücksetzens: in der richtigen Reihenfolge beendet und gestartet, jeder als gesund erwiesen.',
      ],
    },
    jobs: {
      title: 'Aufträge',
      body: [
        'Was gerade arbeitet und was aus dem Früheren wurde. Aufträge gehören Kedge: Schließen Sie dieses Fenster, reißt die Leitung ab, sie laufen weiter.',
        '„]“ zeigt und verbirgt die Leiste mit Aufträgen, Protokoll, Problemen und Befehlen.',
      ],
    },
    doors: {
      title: 'Wo alles Übrige ist',
      body: [
        '„:“ findet jeden Befehl, „?“ jede Taste, die gerade gilt, Strg+P jede Sicherung, jeden Auftrag, Dienst und Zeitplan. Unten in der letzten Zeile nehmen sie auch die Maus.',
        'Hilfe zu einem Thema: „:“ und „Hilfe“. Dieser Rundgang noch einmal: „:“ und „Rundgang“.',
      ],
    },
  },
};
