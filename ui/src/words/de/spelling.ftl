# Falsch geschriebene Wörter auf der Seite, ihr Menü und der Dialog dazu.

spelling = Rechtschreibung
spelling-on = Falsch geschriebene Wörter markieren
spelling-on-help = Geprüft wird auf diesem Rechner, mit dessen Wörterbüchern. Nichts wird verschickt.
spelling-language = Sprache des Manuskripts …
spelling-checked = Geprüft mit dem Wörterbuch für { $language }.
spelling-words = Seine richtigen Wörter …
spelling-dictionaries = Andere Sprachen
spelling-dictionaries-help = Benutzt werden die Wörterbücher dieses Systems, die von LibreOffice und die aus dem Ordner unten. Es sind die von Hunspell: zwei Dateien, etwa fr_FR.aff und fr_FR.dic.
spelling-show = Ordner zeigen
spelling-menu = „{ $word }“ ist vielleicht falsch geschrieben
spelling-looking = Wörter werden gesucht …
spelling-no-suggestions = Keine Vorschläge
spelling-add = Zu den Wörtern dieses Manuskripts
spelling-leave = Vorerst so lassen
spelling-next = Nächstes markiertes Wort
spelling-open = Rechtschreibung …
spelling-added = „{ $word }“ gehört jetzt zu den Wörtern dieses Manuskripts.
spelling-none = Hier ist kein Wort als falsch geschrieben markiert.
spelling-unknown = Die Rechtschreibung wird hier nicht geprüft. „Rechtschreibung …“ sagt, warum.
