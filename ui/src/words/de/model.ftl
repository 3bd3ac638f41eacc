# Das Modell in Gebrauch: seine Karte, und sein Name in der Statuszeile.

model = Das Modell
model-starter = ein kleines Modell zum Ausprobieren
model-here = auf diesem Rechner
model-loading = Es wird geladen. Was Sie inzwischen verlangen, wartet darauf.
model-stop-loading = Laden anhalten
model-resting = Es ist gerade nicht im Arbeitsspeicher und wird wieder geladen, sobald Sie etwas verlangen.
model-billions = { NUMBER($n, minimumFractionDigits: 1, maximumFractionDigits: 1) } Milliarden Gewichte
model-millions = { NUMBER($n, maximumFractionDigits: 0) } Millionen Gewichte
model-sees = sieht { unit-tokens } auf einmal
model-device = Rechnet auf: { $device }.
model-starter-long = Dies ist ein kleines Modell zum Ausprobieren. Es kam mit Foolscap, damit alles geht, bevor etwas heruntergeladen ist. Es schweift ab, vergisst, wer im Raum ist, und kann keinen Anweisungen folgen: Umschreiben füllt die Lücke aus den Worten ringsum, was auch immer verlangt wird.
model-base = Es führt Text weiter, kann aber keinen Anweisungen folgen: Umschreiben füllt die Lücke aus den Worten ringsum.
model-instruct = Es folgt Anweisungen.
model-real = Mit einem richtigen Modell schreiben
model-real-how = Unter „Modelle“ steht, welche sich zum Schreiben eignen und ob sie auf diesen Rechner passen. Eine Datei, die Sie schon haben, wird gelesen, wo sie liegt, und nichts wird irgendwohin gesendet.
model-find = Ein passendes Modell finden …
model-choose = Modelldatei wählen …
model-use-starter = Startmodell verwenden
