# Wer was geschrieben hat: der Autor, eine Maschine, oder eine Maschine und dann der Autor.

authorship = Wer was geschrieben hat
authorship-table = Wörter nach ihrer Herkunft
authorship-line = Teil, Kapitel, Szene
authorship-words = Wörter
authorship-human = Sie
authorship-made = Maschine
authorship-edited = Maschine, bearbeitet
authorship-share = Anteil der Maschine
authorship-all = Alles
authorship-empty = In diesem Manuskript stehen noch keine Wörter.
authorship-all-yours = { $words ->
    [one] Das { $words } Wort dieses Manuskripts haben Sie geschrieben.
   *[other] Alle { $words } Wörter dieses Manuskripts haben Sie geschrieben.
  }
authorship-sum = { $made ->
    [one] { $made } Wort
   *[other] { $made } Wörter
  } von { $words } kommen von einer Maschine: { $percent }.
authorship-sources = Woher die Wörter der Maschine kommen
authorship-unknown-model = nicht aufgezeichnet
authorship-by-prompt = Prompt { $prompt }, Version { $version }
authorship-unread = Von einer anderen Version von Foolscap geschrieben; nicht gezählt.
authorship-help = Maschine: Wörter eines Sprachmodells, wie es sie schrieb. Maschine, bearbeitet: seine Wörter in einer Stelle, die Sie seither geändert haben; was Sie eingefügt haben, zählt als Ihres. Notizen an sich selbst sind nicht gezählt.
authorship-made-at = Gezählt am { $when }.
authorship-save-json = Als JSON speichern …
authorship-save-text = Als Text speichern …
authorship-file = { $title } – wer was geschrieben hat
authorship-saved = Der Bericht liegt in { $file }.

authorship-who = Wer hat das geschrieben?
authorship-you = Das haben Sie geschrieben
authorship-machine = Das hat die Maschine geschrieben
authorship-nothing = An der Schreibmarke steht nichts. Setzen Sie sie in ein paar Wörter, oder wählen Sie welche aus.
authorship-not-recorded = Wie diese Wörter entstanden, ist hier nicht aufgezeichnet: sie können mit einer importierten Datei gekommen sein.
authorship-model = Modell
authorship-file-of-model = Datei
authorship-asked = Verlangt war
authorship-prompt = Prompt
authorship-version = Version { $version }
authorship-seed = Seed
authorship-when = Geschrieben am
authorship-original = Wie das Modell es schrieb
authorship-original-changed = Sie haben es seither geändert. Wie das Modell es schrieb:
authorship-action-continue = Weiterschreiben
authorship-action-brainstorm = Brainstorming
authorship-action-rewrite = Umschreiben
authorship-set-instruction = Anweisung
authorship-set-words = Gewünschte Wörter
authorship-set-candidates = Kandidaten
authorship-set-temperature = Temperatur
