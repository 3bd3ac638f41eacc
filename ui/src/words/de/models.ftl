# Ein passendes Modell finden, es holen, und sich um die kümmern, die da sind.

models = Modelle
models-back = Zurück zur Seite
models-here = Da
models-found = Auf diesem Rechner gefunden
models-arriving = Unterwegs
models-find = Ein passendes Modell finden
models-nothing-sent = Nichts wird irgendwohin gesendet; heruntergeladen wird nur auf Wunsch
models-cores = { $cores ->
    [one] { $cores } Kern
   *[other] { $cores } Kerne
}
models-memory = { $all }, davon { $free } frei
models-reads = liest { NUMBER($gigabytes, maximumFractionDigits: 0) } GB/s
models-unmeasured = noch nicht gemessen
models-does-not-fit = passt nicht

# Der Katalog.
models-about = Jedes Modell läuft hier, ohne Netz. Größere schreiben besser und langsamer. Größe und Tempo gelten für diesen Rechner.
models-about-unmeasured = Jedes Modell läuft hier, ohne Netz. Größere schreiben besser und langsamer. Größe und Tempo gelten für diesen Rechner; messen Sie ihn einmal, um das Tempo zu sehen.
models-words = Ein Wort: German, Apache …
models-search = Im Katalog suchen
models-column-model = Modell
models-column-good = Gut in
models-column-download = Download
models-column-memory = Speicher bei 8k
models-column-expected = Erwartet
models-column-ways = Was man tun kann
models-carries-on = führt Text weiter
models-by-size = Ungefähr, nur nach der Größe.
models-speed = { NUMBER($tokens, maximumFractionDigits: 0) } Tokens/s
models-coming = Kommt
models-in-use = In Gebrauch
models-use = Verwenden
models-get = Holen
models-get-if = Holen, falls es passt
models-none-match = Nichts im Katalog enthält alle diese Wörter. Auf dem Hub gibt es mehr.
models-beyond = { $n ->
    [one] { $n } weiteres, das nicht passt
   *[other] { $n } weitere, die nicht passen
}
models-any-other = Ein anderes vom Hub …
models-use-file = Eine Datei verwenden …
models-use-folder = Einen Ordner verwenden …
models-measuring = Misst, bis zu 20 Sekunden …
models-measure-again = Noch einmal messen
models-measure = Diesen Rechner messen

# Ob eines passt, in wenigen Worten und in Sätzen.
models-fits = Passt
models-tight = Knapp: lässt { $left } frei
models-no-disk = Kein Platz auf dem Datenträger
models-no-fit = Passt nicht
models-nearest = { $why }. Am nächsten: { $nearest }
models-look-fits = Passt: Es braucht { $needed } Speicher bei { unit-tokens }, und { $free } sind frei.
models-look-tight = Knapp: Es braucht { $needed } Speicher bei { unit-tokens }; { $left } bleiben frei.
models-look-no-disk = Auf dem Datenträger ist kein Platz dafür; an Arbeitsspeicher braucht es { $needed }.
models-look-no-fit = Passt nicht: Es braucht { $needed } Speicher bei { unit-tokens }, und { $free } sind frei.
models-longest = { unit-tokens } würden passen.
models-download = Herunterzuladen: { $size }.
models-download-room = Herunterzuladen: { $size }; auf dem Datenträger sind { $free } frei.
models-in-files = { $files ->
    [one] { $size } in { $files } Datei
   *[other] { $size } in { $files } Dateien
}
models-expected = { $tokens ->
    [one] Etwa { $tokens } Token in der Sekunde.
   *[other] Etwa { $tokens } Tokens in der Sekunde.
}
models-expected-slow = Etwa ein Token in der Sekunde, oder weniger.

# Eines unterwegs.
models-asking = fragt an …
models-checking = liest, was gekommen ist: { $of }
models-of = { $done } von { $total }
models-left = noch { $time }
models-waiting = { $of } · wieder in { $time }
models-finishing = wird fertig …
models-converting = wird zu einem GGUF: { $of }
models-paused = angehalten bei { $of }
models-paused-first = angehalten am Anfang
models-not-begun = noch ist nichts geholt
models-done = da
models-get-instead = Stattdessen { $model } holen
models-get-forced = Trotzdem holen
models-leave = Nicht holen
models-go-on = Weiter
models-try-again = Noch einmal versuchen
models-remove = Entfernen
models-cancel = Abbrechen
models-pause = Anhalten
models-token = Token des Hubs
models-use-token = Dieses Token verwenden

# Der Hub.
models-hub = Ein anderes vom Hub
models-hub-about = Wonach Sie suchen, wird an den Hub gesendet (huggingface.co, oder was die Einstellungen sagen), sonst nichts. Ein Repository heißt Besitzer/Name.
models-hub-search = Auf dem Hub suchen
models-hub-example = mistral nemo, oder Besitzer/Name
models-hub-go = Suchen
models-hub-asking = Fragt den Hub …
models-hub-back = Zurück zu den Funden
models-hub-more-files = { $files ->
    [one] und { $files } weitere Datei
   *[other] und { $files } weitere Dateien
}
models-hub-no-file = Es hat keine GGUF-Datei. Suchen Sie ein Repository, dessen Name auf GGUF endet.
models-hub-downloads = { $n ->
    [one] { $n } Download
   *[other] { $n } Downloads
}
models-hub-gated = mit Bedingungen
models-hub-none = Der Hub hat kein GGUF-Modell mit diesen Wörtern.

# Die Seite eines Modells.
models-source-starter = kam mit Foolscap
models-source-hub = Hub
models-source-file = Datei
models-source-copy = Kopie
models-source-hub_cache = Cache des Hubs
models-needs = { $verdict }: { $needed } Speicher bei { unit-tokens }.
models-drew = { $rate ->
    [one] Beim letzten Gebrauch zog es { $rate } Token in der Sekunde.
   *[other] Beim letzten Gebrauch zog es { $rate } Tokens in der Sekunde.
}
models-keep-listed = Auf der Liste behalten
models-delete = { $size } vom Datenträger löschen
models-unlist = Von der Liste nehmen; die Datei bleibt
models-deleted = „{ $name }“ ist entfernt. Seine { $size } gehen vom Datenträger, sobald diese Meldung geht.
models-unlisted = „{ $name }“ steht nicht mehr auf der Liste; die Datei bleibt.
models-use-other = Verwenden Sie zuerst ein anderes.
models-settings = Was dafür gilt
models-reset = Zurück zu dem, was das Modell sagt
models-facts = Was seine Datei sagt
models-setting-context = Kontext
models-setting-threads = Threads
models-setting-device = rechnet auf
models-setting-gpu_layers = Schichten auf der Karte
models-setting-kv_type = Keys und Values
models-setting-temperature = Temperatur
models-setting-top_p = Top-p
models-setting-top_k = Top-k
models-setting-min_p = Min-p
models-setting-template = Vorlage
models-setting-style = Art
models-choice-style-instruct = folgt Anweisungen
models-choice-style-base = führt Text weiter
models-choice-device-cpu = Prozessor
models-choice-device-gpu = Grafikkarte, soweit es passt
models-choice-kv_type-f16 = 16 Bit
models-choice-kv_type-q8_0 = 8 Bit: der halbe Speicher
models-fact-name = Name
models-fact-architecture = Architektur
models-fact-parameters = Parameter
models-fact-quantization = Quantisierung
models-fact-file = Datei
models-fact-context = Kontext
models-fact-layers = Schichten
models-fact-tokenizer = Tokenizer
models-fact-chat_template = Chat-Vorlage
models-fact-licence = Lizenz
models-fact-memory = Speicher
models-fact-runs_here = läuft hier
models-fact-path = Pfad

# Ausprobieren.
models-try = An einem Beispiel ausprobieren
models-try-again-sample = Noch einmal
models-try-stop = Anhalten
models-try-reading = Es liest das Beispiel …
models-try-wrote = { $wrote } Tokens in der Sekunde geschrieben.
models-try-read-wrote = { $read } gelesen, { $wrote } Tokens in der Sekunde geschrieben.
