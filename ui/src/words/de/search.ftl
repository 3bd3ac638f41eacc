# Suchen und Ersetzen, und der Weg zu einer Szene.

search = Suchen
search-replace = Suchen und ersetzen
search-replace-too = Ersetzen …
search-only-find = Nur suchen
search-words = Suchen
search-replacement = Ersetzen durch
search-scope = Wo
search-scope-manuscript = Im ganzen Manuskript
search-scope-scene = In dieser Szene
search-match_case = Groß und klein
search-whole_words = Ganze Wörter
search-regex = Regulärer Ausdruck
search-notes = Auch in Notizen

search-nothing = Nichts gefunden.
search-found = { $places ->
    [one] { $places } Stelle
   *[other] { $places } Stellen
  } in { $scenes ->
    [one] { $scenes } Szene
   *[other] { $scenes } Szenen
  }
search-more = Die ersten { $shown } werden gezeigt; suchen Sie genauer, um die übrigen zu sehen.
search-unread = { $scenes ->
    [one] { $scenes } Szene hat eine andere Version von Foolscap geschrieben; sie wurde nicht durchsucht.
   *[other] { $scenes } Szenen hat eine andere Version von Foolscap geschrieben; sie wurden nicht durchsucht.
  }
search-at = { $at } von { $places }
search-places = Gefundene Stellen
search-in-note = Notiz
search-all-of = Alles in „{ $name }“ ersetzen
search-this = Ersetzen: { $text }
search-do-replace = { $places ->
    [one] An { $places } Stelle ersetzen
   *[other] An { $places } Stellen ersetzen
  }
search-replaced = { $places ->
    [one] An { $places } Stelle
   *[other] An { $places } Stellen
  } in { $scenes ->
    [one] { $scenes } Szene ersetzt.
   *[other] { $scenes } Szenen ersetzt.
  }
search-conflict = Inzwischen wurde etwas geschrieben, darum wurde nichts ersetzt. Das sind die Stellen, wie sie jetzt sind.
search-go = Zu einer Szene, nach ihrem Titel oder Wörtern darin
