# Das Blatt selbst und was darauf steht, ohne vom Schreibenden zu sein.

page-label = Manuskript
page-hint = Fangen Sie irgendwo an. Wenn es stockt, hilft { $keys }.
page-sample = Mit einem Beispiel beginnen: „{ $title }“
page-selection = Auswahl
page-emphasis = Betonung
# Ein Buchstabe auf einer Schaltfläche, für kursive Wörter.
page-emphasis-letter = k
page-strong = Starke Betonung
# Ein Buchstabe auf einer Schaltfläche, für fette Wörter.
page-strong-letter = f
