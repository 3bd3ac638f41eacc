# Choosing blind between two answers.

blind = Blind choice
blind-question = Which would you rather have written?
blind-about = You cannot see which prompt wrote which; sides are drawn at random.
blind-votes = choices made: { NUMBER($n) }
blind-this = This one
blind-left = , on the left
blind-right = , on the right
blind-neither = Neither
blind-undo = Take the last choice back
blind-nothing = There is nothing left to choose of
blind-nothing-help = Every two answers that can be compared were chosen of, or the next ones are still to come.
blind-done = There is nothing left to choose of.
blind-said-left = The left one is chosen. The next two are there.
blind-said-right = The right one is chosen. The next two are there.
blind-said-tie = Neither is chosen. The next two are there.
blind-said-undone = The last choice is taken back.
blind-said-nothing = There is no choice to take back.
blind-sofar = So far
blind-sofar-show = Show how it stands
blind-sofar-hide = Hide how it stands
blind-sofar-why = How it stands is hidden, so that it does not lead your next choice.
