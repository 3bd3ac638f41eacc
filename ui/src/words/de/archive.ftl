# Was weggelegt wurde, und der Weg zurück.

archive = Weggelegtes
archive-empty = Von diesem Manuskript wurde nichts weggelegt.
archive-help = Nichts wird je gelöscht. Was Sie weglegen, bleibt hier, bis Sie es zurückholen.
archive-back = Zurückholen
archive-when = { $words ->
    [one] { $words } Wort
   *[other] { $words } Wörter
  }, weggelegt { $when }
