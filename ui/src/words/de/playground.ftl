# Das Probierfeld: Prompts nebeneinander an einer Textstelle.

playground = Probierfeld
playground-about = Dieselbe Textstelle und derselbe Startwert für jede Spalte, damit der Unterschied am Prompt, am Modell oder an den Einstellungen liegt.
playground-seed = Startwert
playground-candidates = Antworten je Spalte
playground-run = Alle fragen
playground-stop = Anhalten
playground-add = Spalte hinzufügen
playground-sweep = Vier Temperaturen
playground-keep = Als Experiment sichern
playground-experiment = Aus dem Probierfeld
playground-column = Spalte { NUMBER($n) }
playground-given = Erprobt an der Textstelle der Lektion: { $passage }
playground-not-given = An einer anderen erproben
playground-prompt = Prompt
playground-model = Modell
playground-model-in-use = In Gebrauch: { $model }
playground-draft = { $prompt }, was gerade geschrieben wird
playground-draft-gone = ein Entwurf, wie er war
playground-mine = Zu meinem machen
playground-mine-from = aus einer Lektion
playground-as-it-is = wie es ist
playground-more-settings = Weitere Einstellungen
playground-setting-name = Name
playground-setting-temperature = Temperatur
playground-setting-words = Wörter
playground-setting-top_p = Top p
playground-setting-top_k = Top k
playground-setting-min_p = Min p
playground-setting-repetition_penalty = Wiederholung
playground-waiting = Es wartet auf das Modell…
playground-reading = Es liest…
playground-idle = Hier kommt die Antwort.
playground-remove = { $name } herausnehmen
playground-remove-short = Herausnehmen
playground-said-begun = Alle Spalten sind gefragt.
playground-said-stopped = Angehalten; was kam, bleibt.
playground-said-done = Alle Spalten haben geantwortet.
playground-together = { $others ->
    [one] mit einer anderen Spalte zusammen
   *[other] mit { $others } anderen Spalten zusammen
}
playground-beside = während anderes beantwortet wurde
