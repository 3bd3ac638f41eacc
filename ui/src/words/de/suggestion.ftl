# Vorschläge: um sie bitten, unter ihnen wählen, und was dafür gesendet wurde.

suggestion-panel = Vorschläge
suggestion-continue = Fortsetzen
suggestion-rewrite = Umschreiben · { $instruction }
suggestion-brainstorm = Brainstorming · { unit-ideas }
suggestion-pending = übernehmen oder liegen lassen
suggestion-way-take = übernehmen
suggestion-way-take-word = ein Wort
suggestion-way-stop = anhalten, behalten
suggestion-way-leave = liegen lassen
suggestion-way-again = noch einmal
suggestion-no-instructions = Dieses Modell kann keinen Anweisungen folgen. Es füllt die Lücke aus den Worten ringsum, was auch immer verlangt war.
suggestion-strayed = Der Text hat sich inzwischen geändert
suggestion-strayed-why = Diese Worte waren für eine Stelle, die nicht mehr ist, wie sie war.
suggestion-insert = An der Schreibmarke einfügen

suggestion-ideas = Ideen
suggestion-ideas-help = Pfeiltasten oder Ziffern wählen, Eingabe übernimmt, Esc verwirft.
suggestion-idea-done = fertig
suggestion-idea-writing = schreibt …
suggestion-idea-reading = liest …

suggestion-ask = Auswahl umschreiben
suggestion-ask-how = Auswahl umschreiben: wie?
suggestion-ask-example = Lebendiger, bei gleicher Länge …
suggestion-ask-go = Umschreiben
suggestion-ask-open = Umschreiben …
# Das sind Schaltflächen, und sie gehen so an das Modell.
suggestion-preset-shorter = Kürzer
suggestion-preset-longer = Länger
suggestion-preset-livelier = Lebendiger
suggestion-preset-plainer = Schlichter
suggestion-preset-past = In der Vergangenheit

# Was ein Bildschirmleser sagt.
suggestion-said-writing = Schreibt …
suggestion-said-stopped = Angehalten.
suggestion-said-taken = Übernommen.
suggestion-said-not-taken = Nicht übernommen.
suggestion-said-back = Wieder da.
suggestion-said-nothing = Es kam nichts.
suggestion-said-ideas = { unit-ideas }. Pfeiltasten wählen, { key-enter } übernimmt eine, { key-escape } verwirft alle.
suggestion-said-words = { unit-words } vorgeschlagen. { key-tab } übernimmt, { key-escape } verwirft.

suggestion-sent = Was gesendet wurde
suggestion-sent-heading = Was gesendet wurde · { NUMBER($used) } von { NUMBER($limit) } Tokens
suggestion-sent-spoken = { NUMBER($used) } von { NUMBER($limit) } Tokens belegt, { NUMBER($reserved) } frei für die Antwort
suggestion-sent-part = { $part } { NUMBER($tokens) }
suggestion-sent-reserved = { NUMBER($reserved) } frei für die Antwort
suggestion-sent-missing = Weggelassen ({ $part }): { unit-tokens }.
suggestion-sent-by = { $prompt } · Seed { $seed } · { $model }
suggestion-part-prompt = Prompt
suggestion-part-before = Geschichte davor
suggestion-part-selection = Auswahl
suggestion-part-after = Geschichte danach
suggestion-part-instruction = Anweisung
