export const remote = `
  kedge --server clinic
  kedge --server ali@clinic.example status

Die Oberfläche und jeder Befehl auf dem eigenen Rechner, für das Kedge eines anderen. Dorthin geht das eigene ssh, mit der
eigenen Konfiguration und den eigenen Schlüsseln, und führt "kedge relay" aus; dort ist nichts einzurichten als ein kedge, das
dasselbe spricht. Heruntergeladenes landet hier, Hochgeladenes kommt von hier.

  kedge --server clinic backup download latest --to .

Eine Leitung, die reißt, wird von selbst wieder versucht; Strg+R verbindet sofort. Ein Aufruf, der unterwegs war, wird nach
seiner Kennung erfragt: nichts geschieht zweimal. Eine unterbrochene Übertragung macht weiter, wo sie war. Tasten werden hier
beantwortet, wie langsam die Leitung auch ist.

## Server
  kedge server add clinic ali@clinic.example
  kedge server list

--remote-kedge sagt, wie kedge dort heißt, etwa 'sudo -n kedge'; --ssh-option ist für ssh -o.

## Ohne das
  ssh -t clinic kedge

öffnet die Oberfläche dort. Reißt die Leitung, endet das Fenster, und Jobs laufen weiter; der nächste Start sagt es.

## Wer was darf
Der eigene Socket von Kedge ist für seinen Benutzer und root. "operators" in der Konfiguration öffnet einen für eine Gruppe, die
sichern und zurücksetzen darf, aber nichts löscht und keine Einstellungen ändert, "viewers" einen für eine Gruppe, die nur
ansieht:

  kedge status --socket /run/kedge-view/kedge.sock
  kedge audit

sagt, was getan wurde, und von wem.
`;
