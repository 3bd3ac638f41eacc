# Die Einstellungen: Wörter, Ideen, Freiheit, Farben, Sprache, Speicher, und woher Modelle kommen.

settings = Einstellungen
settings-theme = Farben
settings-theme-system = Wie das System
settings-theme-light = Hell
settings-theme-dark = Dunkel
settings-language = Sprache
settings-language-system = Wie das System
settings-words = Wörter in einer Fortsetzung
settings-ideas = Ideen in einem Brainstorming
settings-temperature = Freiheit (Temperatur)
settings-temperature-help = { 0 } nimmt immer das wahrscheinlichste Wort; höher ist freier. Leer: wie der Prompt es sagt.
settings-temperature-none = wie der Prompt es sagt
settings-memory = Speicher für Gelesenes (MiB)
settings-memory-help = Eine neue Frage zu einem langen Text kostet dann nur, was sich geändert hat, auch nach einem Neustart. Bei { 0 } wird nichts auf dem Datenträger behalten.
settings-release = Ein müßiges Modell freigeben nach (Minuten)
settings-release-help = Sein Speicher ist dann für andere Programme frei; auf Anfrage wird es wieder geladen. { 0 }: nie.
settings-marks = Zeigen, welche Wörter von der Maschine sind
settings-marks-help = Mit einer gepunkteten Linie unter Wörtern, die Sie übernommen haben.

settings-hub = Woher Modelle kommen
settings-hub-endpoints = Der Hub und seine Spiegel, je einer pro Zeile
settings-hub-endpoints-help = Sie werden in dieser Reihenfolge gefragt; der nächste springt ein, wenn einer ausfällt. Ein Token geht nur an den ersten. Leer: { $usual }.
settings-hub-environment = HF_ENDPOINT steht auf { $address }, und das geht dieser Liste vor.
settings-hub-usual = Zurück zu { $host }
settings-hub-kept = Behalten.
settings-hub-token = Token für Modelle mit Bedingungen
settings-hub-token-help = Von der Seite des Hubs: Settings, Access Tokens.
settings-hub-token-none = Es ist keines hinterlegt.
settings-hub-token-environment = Die Umgebung (HF_TOKEN) nennt eines.
settings-hub-token-keyring = Eines liegt im Schlüsselbund des Systems.
settings-hub-token-hub_file = Die Programme des Hubs haben eines, das verwendet wird.
settings-hub-token-another = ein anderes
settings-hub-token-keep = Hinterlegen
settings-hub-token-forget = Vergessen
settings-hub-token-kept = Im Schlüsselbund hinterlegt.
settings-hub-token-forgotten = Vergessen.
