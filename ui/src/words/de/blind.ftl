# Blind zwischen zwei Antworten wählen.

blind = Blinde Wahl
blind-question = Welche hätten Sie lieber geschrieben?
blind-about = Welcher Prompt welche schrieb, ist nicht zu sehen; die Seiten sind ausgelost.
blind-votes = getroffene Wahlen: { NUMBER($n) }
blind-this = Diese
blind-left = , links
blind-right = , rechts
blind-neither = Keine von beiden
blind-undo = Letzte Wahl zurücknehmen
blind-nothing = Es gibt nichts mehr zu wählen
blind-nothing-help = Zwischen allen Antworten, die sich vergleichen lassen, wurde gewählt, oder die nächsten kommen noch.
blind-done = Es gibt nichts mehr zu wählen.
blind-said-left = Die linke ist gewählt. Die nächsten zwei sind da.
blind-said-right = Die rechte ist gewählt. Die nächsten zwei sind da.
blind-said-tie = Keine ist gewählt. Die nächsten zwei sind da.
blind-said-undone = Die letzte Wahl ist zurückgenommen.
blind-said-nothing = Es gibt keine Wahl zurückzunehmen.
blind-sofar = Bisher
blind-sofar-show = Zeigen, wie es steht
blind-sofar-hide = Verbergen, wie es steht
blind-sofar-why = Wie es steht, ist verborgen, damit es Ihre nächste Wahl nicht lenkt.
