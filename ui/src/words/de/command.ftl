# Namen der Befehle, wie die Befehlsliste (Strg P) und die Hilfe zu den Tasten sie zeigen. `command-group-…` sind dort die Überschriften.

command-group-stuck = Wenn es stockt
command-group-text = Text
command-group-page = Seite
command-group-manuscripts = Manuskripte
command-group-window = Fenster
command-group-model = Modell

command-continue = An der Schreibmarke fortsetzen
command-brainstorm = Brainstorming: mehrere Ideen
command-rewrite = Auswahl umschreiben …
command-take = Vorschlag übernehmen
command-take-word = Ein Wort davon übernehmen
command-again = Noch einmal, mit anderen Worten
command-next = Nächste Idee
command-previous = Vorige Idee
command-stop = Anhalten und behalten, was da ist
command-leave = Vorschlag liegen lassen

command-undo = Rückgängig
command-redo = Wiederholen
command-emphasis = Betonung
command-strong = Starke Betonung
command-chapter = Kapitelüberschrift (# und ein Leerzeichen)
command-section = Abschnittsüberschrift (## und ein Leerzeichen)
command-paragraph = Einfacher Absatz
command-quotation = Zitat (> und ein Leerzeichen)
command-break = Szenenwechsel (***)
command-note = Notiz an mich (%% und ein Leerzeichen)
command-marks = Zeigen oder verbergen, welche Wörter von der Maschine sind

command-focus-paragraph = Fokus: der Absatz, an dem ich schreibe
command-focus-sentence = Fokus: der Satz, an dem ich schreibe
command-typewriter = Schreibmaschine: Die Zeile bleibt, wo sie ist
command-larger = Größere Schrift
command-smaller = Kleinere Schrift
command-usual-size = Schrift in üblicher Größe
command-typography = Typografische Zeichen: ein oder aus

command-new = Neues Manuskript
command-open = Manuskript öffnen …
command-rename = Dieses Manuskript umbenennen
command-sample = Mit einem Beispiel beginnen …
command-save = Jetzt speichern (es speichert auch von selbst)

command-commands = Befehle
command-keys = Tasten
command-nav = Manuskripte zeigen oder verbergen
command-focus-nav = Zu den Manuskripten gehen
command-focus-page = Zur Seite gehen
command-focus-panel = Zu den Vorschlägen gehen
command-sent = Zeigen oder verbergen, was zuletzt gesendet wurde
command-settings = Einstellungen: Wörter, Ideen, Freiheit, Farben, Sprache …
command-light = Farben: hell
command-dark = Farben: dunkel
command-system = Farben: wie das System
command-language-system = Sprache: wie das System
command-language = Sprache: { $language }

command-model = Über dieses Modell …
command-models = Modelle: ein passendes finden, holen, verwenden
command-stop-loading = Laden des Modells anhalten
command-choose-model = Modelldatei wählen …
command-starter = Startmodell verwenden
