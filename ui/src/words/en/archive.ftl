# What was put away, and the way back.

archive = Put away
archive-empty = Nothing of this manuscript was put away.
archive-help = Nothing is ever deleted. What you put away stays here until you take it back.
archive-back = Take back
archive-when = { $words ->
    [one] { $words } word
   *[other] { $words } words
  }, put away { $when }
