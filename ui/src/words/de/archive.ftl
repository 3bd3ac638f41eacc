# Was weggelegt wurde, und der Weg zurück.

archive = Weggelegtes
archive-empty = Von diesem Manuskript wurde nichts weggelegt.
archive-help = Nichts wird je gelöscht. Was du weglegst, bleibt hier, bis du es zurückholst.
archive-back = Zurückholen
archive-when = { $words ->
    [one] { $words } Wort
   *[other] { $words } Wörter
  }, weggelegt { $when }
