# Die Manuskripte und was über sie zu sagen ist.

manuscript-list = Manuskripte
# Zu einer bloßen Zahl neben einem Manuskript.
manuscript-words = Wörter
manuscript-untitled = Ohne Titel
manuscript-copy = { $title } (diese Seite)

manuscript-try-again = Noch einmal versuchen
manuscript-other-version = „{ $title }“ wurde mit einer anderen Version von Foolscap geschrieben und kann nicht gezeigt werden. Nichts darin wurde verändert.
manuscript-unsaved = Ihre Worte sind noch da, und das Speichern wird wieder versucht.
manuscript-close-again = Wenn Sie das Fenster noch einmal schließen, gehen die letzten Worte verloren.
manuscript-conflict = Dieses Manuskript wurde anderswo geändert, seit es hier geöffnet wurde. Beide Fassungen sind sicher, bis Sie sich entscheiden.
manuscript-keep-page = Diese Seite behalten
manuscript-keep-copy = Diese Seite als Kopie behalten, die andere öffnen
