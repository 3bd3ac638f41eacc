# Was mit einer Anfrage an das Modell geht: bevor es gesendet wird, und danach.

plan = Was gesendet würde
plan-heading = Was gesendet würde · { NUMBER($used) } von { NUMBER($limit) } Tokens
plan-sent = Was gesendet wurde
plan-sent-heading = Was gesendet wurde · { NUMBER($used) } von { NUMBER($limit) } Tokens
plan-spoken = { NUMBER($used) } von { NUMBER($limit) } Tokens belegt, { NUMBER($reserved) } frei für die Antwort
plan-for = Für: { $action }
plan-asking = Wird geplant …
plan-waiting = Das Modell wird noch geladen. Sobald es da ist, steht hier, was gesendet würde.
plan-failed = Das ließ sich nicht planen.
plan-part = { $part } { NUMBER($tokens) }
plan-reserved = { NUMBER($reserved) } frei für die Antwort
plan-missing = Weggelassen ({ $part }): { unit-tokens }.
plan-items = Weltwissen und Notizen
plan-items-left = { $items ->
    [one] { $items } Eintrag wurde weggelassen.
   *[other] { $items } Einträge wurden weggelassen.
}
plan-by = { $prompt } · Seed { $seed } · { $model }
plan-in = Geht mit
plan-out = Bleibt weg
plan-part-left = { unit-tokens } weggelassen.
plan-no-items = Sonst lässt sich noch nichts mitteilen: kein Weltwissen, keine Zusammenfassungen, keine Notiz, keine Stilproben.
plan-reset = Wie es von selbst wäre
plan-text = Alles, wie das Modell es liest
plan-would = wären { unit-tokens }
plan-named = wegen „{ $name }“
plan-stale = die Szene wurde seither geändert
plan-part-prompt = Prompt
plan-part-before = Geschichte davor
plan-part-selection = Auswahl
plan-part-after = Geschichte danach
plan-part-instruction = Anweisung
plan-form-chat = als Gespräch gefragt
plan-form-fill = als Lücke gefragt, die zu füllen ist
plan-form-completion = als Text gefragt, der fortzusetzen ist
plan-kind-synopsis = Inhaltsangabe
plan-kind-note = Notiz des Autors
plan-kind-style = Stilprobe
plan-kind-summary = Zusammenfassung
plan-kind-lore = Weltwissen
plan-kind-previous = Ende der Szene davor
plan-sent-short = Kurzform
plan-sent-cut = gekürzt
plan-why-switched_off = Ausgeschaltet.
plan-why-no_room = Anderes nahm den Platz.
plan-why-model_too_small = Dafür sieht das Modell zu wenig.
plan-why-not_used = Der Prompt hat dafür keinen Platz.
plan-why-not_named = Keiner seiner Namen steht im Text.
plan-why-other_chapters = Es gilt nur in anderen Kapiteln.
plan-why-never = Es ist nur für den Autor.
plan-why-stale = Die Szene wurde geändert, seit sie zusammengefasst wurde.
plan-why-far_from_start = Der Text vor der Schreibmarke ist ohne das lang genug.
