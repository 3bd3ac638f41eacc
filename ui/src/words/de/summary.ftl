# Zusammenfassungen von Szenen, für die Szenen, die nach ihnen kommen.

summary = Zusammenfassung
summary-hint = Was geschieht, in Kürze
summary-intro = Was vorher geschah, in Kürze: Ein Modell erfährt davon, wenn es an einer späteren Szene arbeitet. Schreiben Sie es selbst, oder lassen Sie es das Modell schreiben; was es schrieb, können Sie sofort ändern.
summary-none = Noch ist nichts geschrieben, was sich zusammenfassen ließe.
summary-by-model = von { $model }
summary-by-author = von Ihnen
summary-in-pieces = in { $pieces } Stücken gelesen, weil sie länger ist, als das Modell sieht
summary-stale = Die Szene hat sich seitdem geändert.
summary-confirm = Sie gilt noch
summary-make = Diese Szene zusammenfassen
summary-again = Neu zusammenfassen
summary-stop = Anhalten
summary-reading = das Modell liest …
summary-writing = das Modell schreibt …
summary-have = { $n } von { $scenes } Szenen haben eine aktuelle.
summary-all = Die anderen zusammenfassen
summary-of = { $done } von { $scenes } Szenen
summary-made = { $scenes ->
    [one] Eine Szene zusammengefasst.
   *[other] { $scenes } Szenen zusammengefasst.
  }
summary-own = { $scenes ->
    [one] Eine, die Sie selbst geschrieben haben, gehört zu einer Szene, die sich seitdem geändert hat; sie bleibt, wie sie ist.
   *[other] { $scenes }, die Sie selbst geschrieben haben, gehören zu Szenen, die sich seitdem geändert haben; sie bleiben, wie sie sind.
  }
summary-none-made = Das Modell hat keine Zusammenfassung gegeben. Fragen Sie noch einmal, oder schreiben Sie selbst eine.
summary-said-begun = { $scenes ->
    [one] Die Szene wird zusammengefasst.
   *[other] { $scenes } Szenen werden zusammengefasst.
  }
summary-said-done = { $scenes ->
    [one] Die Zusammenfassung ist da.
   *[other] { $scenes } Zusammenfassungen sind da.
  }
summary-said-stopped = { $scenes ->
    [0] Angehalten.
    [one] Angehalten; eine Zusammenfassung ist da.
   *[other] Angehalten; { $scenes } Zusammenfassungen sind da.
  }
