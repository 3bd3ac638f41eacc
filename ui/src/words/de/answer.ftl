# Eine Antwort eines Experiments.

answer = Antwort
answer-back = Zurück zu „{ $name }“
answer-rating = Wie gut sie ist
answer-note = Notiz
answer-findings = Was die Prüfungen fanden
answer-passed-yes = bestanden
answer-passed-no = nicht bestanden
answer-passed-unknown = nicht zu sagen
answer-claims = Was sie sagt und weder Textstelle noch Weltwissen haben
answer-again = Um sie wieder zu bekommen
answer-prompt = Prompt
answer-model = Modell
answer-model-hash = Seine Datei
answer-seed = Startwert
answer-tokens = Token
answer-tokens-read = { NUMBER($n) } gelesen
answer-tokens-made = { NUMBER($n) } geschrieben
answer-speed = Tempo
answer-written = Geschrieben
answer-rendered = Alles, was gesandt wurde
answer-source = Der Text des Prompts
