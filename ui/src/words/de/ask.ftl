# Das Formular, das die Maschine fragt, und das Menü neben einer Auswahl.

ask = Die Maschine fragen
ask-action = Aktion
ask-how = Wie?
ask-besides = Was ist sonst noch gewünscht?
ask-example = Lebendiger, bei gleicher Länge …
ask-go = Fragen
ask-variants = Auf diese Weise
ask-candidates = Fassungen
ask-words = Wörter
ask-language = In welche Sprache?
ask-language-another = eine andere …
ask-language-name = Name der Sprache
ask-needs-how = Sagen Sie, wie, oder drücken Sie eine der Weisen darunter.
ask-needs-language = Wählen Sie zuerst eine Sprache.
ask-needs-selection = Wählen Sie zuerst Worte aus oder setzen Sie die Schreibmarke in einen Absatz.
ask-needs-after = Nach der Schreibmarke steht nichts, wohin es führen könnte. Setzen Sie sie dorthin, wo etwas fehlt.
ask-rewrite = Umschreiben …
ask-translate = Übersetzen …
ask-more = Mehr …
