# Vorschläge: was angeboten wird, wie man darunter wählt und was man damit tun kann.

suggestion-panel = Vorschläge
suggestion-heading-ways = { $action } · { unit-candidates }
suggestion-heading-ideas = { $action } · { unit-ideas }
suggestion-of = { $at } von { $of }
suggestion-pending = übernehmen oder liegen lassen
suggestion-no-instructions = Dieses Modell kann keinen Anweisungen folgen. Es füllt die Lücke aus den Worten ringsum, was auch immer verlangt war.
suggestion-adrift = Der Text hat sich inzwischen geändert
suggestion-adrift-why = Diese Worte waren für eine Stelle, die nicht mehr ist, wie sie war.

# Neben den Tasten.
suggestion-way-take = übernehmen
suggestion-way-replace = ersetzen
suggestion-way-take-word = ein Wort
suggestion-way-take-sentence = ein Satz
suggestion-way-stop = anhalten, behalten
suggestion-way-leave = liegen lassen
suggestion-way-again = noch einmal
# Auf Schaltflächen.
suggestion-do-take = Übernehmen
suggestion-do-replace = Ersetzen
suggestion-do-below = Darunter einfügen
suggestion-do-both = Beides behalten
suggestion-do-mix = Mischen …
suggestion-insert = An der Schreibmarke einfügen
suggestion-copy = Kopieren
suggestion-note = Als Notiz behalten
suggestion-more = Mehr davon
# Geht so an das Modell.
suggestion-more-like = Von dieser Art, aber anders: „{ $text }“
suggestion-plan = Plan …
suggestion-inserted = eingefügt
suggestion-copied = kopiert

suggestion-cards = Fassungen
suggestion-cards-help = Pfeiltasten oder Ziffern wählen, Eingabe übernimmt, Esc verwirft.
suggestion-card-done = fertig
suggestion-card-writing = schreibt …
suggestion-card-reading = liest …
suggestion-ideas = Ideen
suggestion-ideas-help = Pfeiltasten oder Ziffern wählen, Eingabe fügt an der Schreibmarke ein, C kopiert, N behält als Notiz, M bittet um mehr davon, Esc verwirft.
suggestion-candidates = Fassungen
suggestion-step-previous = Vorige Fassung
suggestion-step-next = Nächste Fassung

# Davor und danach an derselben Stelle erbeten.
suggestion-walk = Vorschläge an dieser Stelle
suggestion-walk-earlier = frühere
suggestion-walk-later = spätere
suggestion-no-earlier = Hier wurde früher nichts vorgeschlagen.
suggestion-no-later = Hier wurde später nichts vorgeschlagen.
suggestion-since = Erbeten am { $when }
# All of a scene, whatever their place.
suggestion-earlier = Vorschläge zu dieser Szene
suggestion-earlier-now = in dieser Sitzung
suggestion-earlier-taken = daraus übernommen
suggestion-earlier-none = In dieser Szene wurde noch nichts vorgeschlagen.
suggestion-earlier-help = Pfeiltasten wählen, { key-enter } bietet ihn wieder an, { key-escape } schließt.

suggestion-changes = Änderungen
suggestion-changes-help = Pfeiltasten gehen von Änderung zu Änderung, die Leertaste übernimmt oder lässt eine, Eingabe ersetzt.
suggestion-changes-taken = { unit-changes }, { $taken } übernommen
suggestion-changes-all = Alle Änderungen übernehmen
suggestion-changes-none = Alle Änderungen liegen lassen
suggestion-change = Aus „{ $before }“ wird „{ $after }“
suggestion-change-gone = „{ $before }“ entfällt
suggestion-change-new = „{ $after }“ kommt hinzu

suggestion-mix = Sätze zur Auswahl
suggestion-mix-help = Ein Klick oder die Leertaste nimmt einen Satz als nächsten, die Rücktaste gibt den letzten zurück, Eingabe übernimmt den Text.
suggestion-mix-own = Wie er ist
suggestion-mix-candidate = Fassung { $n }
suggestion-mix-text = Ihr Text
suggestion-mix-empty = Noch ist nichts gewählt.
suggestion-mix-back = Einen zurück
suggestion-mix-end = Mischen beenden

suggestion-instruction = Anweisung
suggestion-instruction-example = Was sonst noch gewünscht ist
suggestion-instruction-send = fragt damit noch einmal

suggestion-elsewhere = In „{ $scene }“
suggestion-elsewhere-go = Dorthin
suggestion-elsewhere-stop = Anhalten
suggestion-elsewhere-done = In „{ $scene }“ liegen Vorschläge bereit.

suggestion-menu = Worum man bitten kann
suggestion-menu-ask = Um etwas bitten …

# Was ein Bildschirmleser sagt.
suggestion-said-writing = Schreibt …
suggestion-said-stopped = Angehalten.
suggestion-said-taken = Übernommen.
suggestion-said-not-taken = Nicht übernommen.
suggestion-said-back = Wieder da.
suggestion-said-nothing = Es kam nichts.
suggestion-said-noted = In einer Notiz behalten.
suggestion-said-copied = Kopiert.
suggestion-said-not-copied = Das System ließ das Kopieren nicht zu.
suggestion-said-adrift = Der Text hat sich inzwischen geändert. Was kam, wird neben der Seite angeboten.
suggestion-said-ideas = { unit-ideas }. Pfeiltasten wählen, { key-enter } fügt eine ein, { key-escape } verwirft alle.
suggestion-said-several = { unit-candidates } vorgeschlagen. { key-tab } übernimmt die auf der Seite, { key-escape } verwirft alle.
suggestion-said-words = { unit-words } vorgeschlagen. { key-tab } übernimmt, { key-escape } verwirft.
suggestion-said-changes = { unit-changes } vorgeschlagen. { key-tab } ersetzt, { key-escape } lässt den Text, wie er ist.
