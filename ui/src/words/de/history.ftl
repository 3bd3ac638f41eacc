# Frühere Fassungen einer Szene: was aufgehoben wurde, wann und warum, und der Weg zurück.

history = Verlauf
history-states = Frühere Fassungen
history-empty = Von dieser Szene gibt es noch keine frühere Fassung.
history-empty-help = Foolscap hebt alle paar Minuten des Schreibens eine auf, auch bevor viel entfernt wird und bevor Wörter der Maschine hineinkommen. Mit { $keys } heben Sie selbst eine unter einem Namen auf.
history-today = Heute
history-yesterday = Gestern

history-cause-typing = Beim Schreiben
history-cause-removal = Vor einer Streichung
history-cause-machine = Vor den Wörtern der Maschine
history-cause-snapshot = Schnappschuss
history-cause-restore = Bevor eine andere Fassung zurückkam
history-cause-split = Vor dem Teilen der Szene
history-cause-merge = Vor dem Verbinden von Szenen
history-cause-replace = Vor dem Ersetzen
history-cause-import = Vor einem Import
history-cause-other = Aufgehoben

history-way = Wie sie gezeigt wird
history-way-inline = Änderungen
history-way-beside = Nebeneinander
history-way-page = Wie sie war
history-against = Verglichen mit
history-against-present = der jetzigen
history-against-before = der Fassung davor
history-now = Jetzt
history-sum = { $added ->
    [one] { $added } Wort hinzugekommen
   *[other] { $added } Wörter hinzugekommen
  }, { $removed ->
    [one] { $removed } entfernt
   *[other] { $removed } entfernt
  }
history-next-change = Nächste Änderung
history-previous-change = Vorige Änderung
history-change-at = Änderung { $at } von { $many }
history-unchanged = { $paragraphs ->
    [one] { $paragraphs } Absatz unverändert
   *[other] { $paragraphs } Absätze unverändert
  }
history-same = Zwischen diesen beiden hat sich nichts geändert.
history-only-looks = Die Wörter sind dieselben. Nur ihr Aussehen, ihre Herkunft oder Notizen an sich selbst sind anders.

history-restore = Diese Fassung zurückholen
history-restored = Die Szene ist wieder wie am { $when }. Was da stand, ist aufgehoben.
history-name = Name
history-give-name = Benennen …
history-rename = Umbenennen …
history-snapshot = Schnappschuss …
history-snapshot-help = Ein Schnappschuss bleibt für immer, was Sie danach auch schreiben.
history-snapshot-of = Was aufgehoben wird
history-of-scene = Diese Szene
history-of-all = Jede Szene des Manuskripts
history-keep = Aufheben
history-snapshot-taken = Diese Szene ist als „{ $name }“ aufgehoben.
history-snapshot-nothing = Auf dieser Seite steht noch nichts, das aufgehoben werden könnte.
history-snapshots-taken = { $scenes ->
    [one] { $scenes } Szene ist
   *[other] { $scenes } Szenen sind
  } als „{ $name }“ aufgehoben.
