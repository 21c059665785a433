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
        'Die Tasten 1 bis 8 sind die acht Ansichten. Dies ist die erste: ob alles in Ordnung ist und was Aufmerksamkeit verlangt.',
      ],
    },
    backUp: {
      title: 'Sichern',
      body: [
        'Von überall führt "b" hierher: ein Name, wenn einer gewünscht ist, ein Ziel, Enter. Darunter steht jede Sicherung, die es gibt.',
        'Jede wird gleich nach dem Schreiben zurückgelesen und geprüft. Eine Probe stellt sie in einem Arbeitsordner wieder her.',
      ],
    },
    restore: {
      title: 'Wiederherstellen',
      body: [
        'Eine Sicherung wählen und zuerst lesen, was sich ändern würde und was verloren ginge. Nichts geschieht, ohne dass der Name der Anwendung eingegeben wird.',
        'Was vorher da war, bleibt tagelang und lässt sich zurückholen.',
      ],
    },
    schedules: {
      title: 'Zeitpläne',
      body: [
        '"c" legt einen an: Vollsicherungen nach Tag, Woche oder Monat, Differenzsicherungen dazwischen, und wie lange sie bleiben.',
        'Was er bedeutet und seine nächsten zehn Läufe stehen neben dem Formular, bevor etwas gespeichert wird.',
      ],
    },
    services: {
      title: 'Dienste',
      body: [
        '"Es hängt": hier steht, welcher Dienst gestört ist und warum.',
        '"R" zeigt von überall den Plan eines Resets: in der richtigen Reihenfolge gestoppt und gestartet, jeder als gesund nachgewiesen.',
      ],
    },
    jobs: {
      title: 'Jobs',
      body: [
        'Was gerade arbeitet und was aus dem Früheren wurde. Jobs gehören Kedge: schließt sich dieses Fenster oder reißt die Leitung ab, laufen sie weiter.',
        '"]" blendet den Bereich mit Jobs, Protokoll, Problemen und Befehlen ein und aus.',
      ],
    },
    doors: {
      title: 'Wo alles Übrige ist',
      body: [
        '":" findet jeden Befehl, "?" jede Taste, die gerade gilt, Strg+P jede Sicherung, jeden Job, Dienst und Zeitplan. Unten in der letzten Zeile nehmen sie auch die Maus.',
        'Hilfe zu einem Thema: ":" und "Hilfe". Dieser Rundgang noch einmal: ":" und "Rundgang".',
      ],
    },
  },
};
