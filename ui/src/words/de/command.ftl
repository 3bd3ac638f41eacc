# Namen der Befehle, wie die Befehlsliste (Strg P) und die Hilfe zu den Tasten sie zeigen. `command-group-…` sind dort die Überschriften.

command-group-stuck = Wenn es stockt
command-group-offered = Vorschläge
command-group-text = Text
command-group-page = Seite
command-group-manuscripts = Manuskripte
command-group-window = Fenster
command-group-model = Modell

command-continue = An der Schreibmarke fortsetzen
command-brainstorm = Brainstorming: mehrere Ideen
command-rewrite = Auswahl umschreiben …
command-describe = Beschreiben: was die Sinne haben
command-dialogue = Dialog: was sie nun sagen
command-bridge = Überbrücken: von vor der Schreibmarke nach dahinter
command-summarise = Auswahl oder Szene zusammenfassen
command-outline = Gliedern: eine Liste von Schritten
command-critique = Kritik: Notizen am Rand
command-check = Prüfung: was Hintergrund und früheren Szenen widerspricht
command-remarks = Zu den Randnotizen, oder sie schließen
command-unstick = Hilf mir weiter: Was fehlt?
command-translate = Auswahl übersetzen …
command-ask = Um etwas bitten: Aktion, Anweisung, wie viele, wie lang …
command-plan = Plan: was gesendet würde
command-inline = Bei einer Pause ein paar Worte vorschlagen: an oder aus

command-take = Vorschlag übernehmen oder ersetzen
command-take-word = Ein Wort davon übernehmen
command-take-sentence = Einen Satz davon übernehmen
command-below = Vorschlag darunter einfügen
command-both = Beides behalten: Vorschlag hinter der Auswahl
command-mix = Sätze aus mehreren Fassungen mischen
command-again = Noch einmal, mit anderen Worten
command-next = Nächste Fassung
command-previous = Vorige Fassung
command-earlier = Frühere Vorschläge an dieser Stelle
command-later = Spätere Vorschläge an dieser Stelle
command-dismiss = Ungefragte Worte wegschicken
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
command-new-scene = Neue Szene
command-new-chapter = Neues Kapitel
command-new-part = Neuer Teil
command-split = Die Szene am Cursor teilen
command-merge = Mit der nächsten Szene vereinen
command-next-scene = Nächste Szene
command-previous-scene = Vorige Szene
command-undo-tree = Letzten Schritt im Baum rückgängig machen
command-redo-tree = Letzten Schritt im Baum wiederholen
command-archive = Weggelegtes…
command-archive-manuscript = Dieses Manuskript weglegen
command-sample = Mit einem Beispiel beginnen …
command-save = Jetzt speichern (es speichert auch von selbst)

command-commands = Befehle
command-keys = Tasten
command-nav = Manuskripte zeigen oder verbergen
command-focus-nav = Zu den Manuskripten gehen
command-focus-page = Zur Seite gehen
command-focus-panel = Zu den Vorschlägen
command-panel = Vorschläge zeigen oder verbergen
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
