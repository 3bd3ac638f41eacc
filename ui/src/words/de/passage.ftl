# Textstellen, an denen Prompts erprobt werden.

passage-tried-on = Erprobt an
passage-of-page = der Stelle auf der Seite
passage-empty = Leere Textstelle
passage-new-set = Neue Sammlung von Textstellen
passage-unnamed = Textstellen
passage-set-name = Name der Sammlung
passage-about = An ihnen werden Prompts erprobt und verglichen. Eine Textstelle ist, wo ein Text aufhört, oder was darin ausgewählt ist.
passage-none = Es ist noch keine Textstelle darin. Fügen Sie die Stelle hinzu, an der Sie auf der Seite sind, oder lesen Sie eine Datei: CSV mit einer Überschrift je Spalte oder JSON mit einem Objekt je Zeile.
passage-add-page = Stelle auf der Seite hinzufügen
passage-add-file = Datei lesen (CSV, JSONL)…
passage-add = Leere hinzufügen
passage-archive = Sammlung weglegen
passage-archived = „{ $name }“ weggelegt.
passage-remove = Herausnehmen
passage-removed = Die Textstelle ist herausgenommen.
passage-field-title = Titel
passage-field-before = Text vor dem Cursor
passage-field-selection = Auswahl
passage-field-after = Text danach
passage-field-instruction = Anweisung
passage-field-language = Sprache (en, de, …)
passage-field-reference = Was eine gute Antwort war
passage-field-variant = Variante der Aktion
passage-field-into = Sprache, in die übersetzt wird
passage-added = Zu „{ $name }“ hinzugefügt.
passage-see = Ansehen
