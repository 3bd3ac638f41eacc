# Das Fenster um die Seite: Leiste, Statuszeile, Dialoge.

window-manuscripts = Manuskripte
window-rename = Umbenennen
window-title-field = Titel des Manuskripts
window-commands = Befehle
window-panel = Vorschläge
window-close = Schließen
window-to-page = Zur Seite
window-dismiss = Ausblenden
window-nothing-found = So heißt hier nichts.
window-open = Manuskript öffnen
window-sample = Mit einem Beispiel beginnen
window-elsewhere = Diese Seite gehört in das Fenster von Foolscap; bitte das Programm öffnen.

window-saved = Gespeichert
window-saving = Speichert …
window-save-failed = Nicht gespeichert: neuer Versuch läuft
window-save-conflict = Nicht gespeichert: anderswo geändert

# Was die Maschine gerade tut, in der Statuszeile und neben der Seite.
window-doing-waiting = wartet auf das Modell …
window-doing-reading = liest …
window-doing-reading-part = liest, { unit-percent } …
window-doing-writing = schreibt …
window-doing-loading = lädt …
window-doing-loading-part = lädt, { unit-percent } …
window-doing-resting = ruht und erwacht auf Anfrage
window-doing-failed = nicht verwendbar
window-doing-ready = bereit
window-first-word = erstes Wort { NUMBER($seconds, minimumFractionDigits: 2, maximumFractionDigits: 2) } s
window-speed = { NUMBER($tokens, maximumFractionDigits: 0) } Tokens/s
window-back = Zurück zur Seite
window-read-only = Nur lesen
