# Experimente: was verglichen wird, wie sie vorankommen und was herauskam.

experiment = Experiment
experiment-new = Neues Experiment
experiment-new-about = Jeder Prompt beantwortet jede Textstelle, mit jedem Modell und jeder Einstellung, so viele Male. Für alle gelten dieselben Startwerte, also liegt der Unterschied am Prompt. Es wartet, sobald Sie selbst etwas verlangen.
experiment-name = Name
experiment-name-example = Kürzer, oder wie es kam?
experiment-prompts = Prompts
experiment-action = Aktion
experiment-models = Modelle
experiment-elsewhere = nicht auf diesem Rechner
experiment-arm-elsewhere = { $arm } ({ experiment-elsewhere })
experiment-elsewhere-warning = Die Textstellen, und was das Projekt dazu sagt, werden an ein Modell gesandt, das nicht auf diesem Rechner ist.
experiment-endpoint-add = Ein Modell anderswo hinzufügen…
experiment-endpoint-about = Was dort erprobt wird, verlässt diesen Rechner: die Textstellen und alles, was dazu gesagt wird.
experiment-endpoint-address = Adresse (OpenAI-API)
experiment-endpoint-model = Sein Name dort
experiment-endpoint-key = Umgebungsvariable mit dem Schlüssel
experiment-endpoint-chat = als Gespräch gefragt
experiment-endpoint-take = Hinzufügen
experiment-endpoint-remove = Weglassen
experiment-settings = Einstellungen
experiment-settings-add = Zeile mit Einstellungen hinzufügen
experiment-settings-remove = Zeile herausnehmen
experiment-passages = Textstellen
experiment-set = Erprobt an
experiment-set-of = { $name }: { NUMBER($n) }
experiment-repeats = Male je Stelle
experiment-repeats-hint = Ab { NUMBER($n) } Malen wird auch gesagt, wo Antworten einander widersprechen.
experiment-told = Weltwissen, Notizen und Zusammenfassungen des Manuskripts mitgeben
experiment-makes = { NUMBER($prompts) } Prompts × { NUMBER($models) } Modelle × { NUMBER($settings) } Einstellungen × { NUMBER($passages) } Textstellen × { NUMBER($repeats) } Male: Antworten, die kommen: { NUMBER($answers) }.
experiment-makes-many = Das dauert auf den meisten Rechnern Stunden. Es kann jederzeit angehalten werden.
experiment-makes-none = Noch wird nichts verglichen: Wählen Sie einen Prompt, ein Modell und Textstellen.
experiment-begin = Beginnen
experiment-plan-prompts = Prompts: { NUMBER($n) }
experiment-plan-models = Modelle: { NUMBER($n) }
experiment-plan-settings = Einstellungen: { NUMBER($n) }
experiment-plan-passages = Textstellen: { NUMBER($n) }
experiment-plan-repeats = Male je Stelle: { NUMBER($n) }
experiment-plan-seed = Startwert { $seed }

experiment-progress = Antworten, die da sind
experiment-answers-of = { NUMBER($done) } von { NUMBER($total) } Antworten
experiment-state-paused = angehalten
experiment-state-waiting = wartet auf andere
experiment-state-loading = lädt ein Modell
experiment-state-running = läuft
experiment-state-yielding = wartet, während Sie mit der Maschine arbeiten
experiment-state-done = fertig
experiment-failed = nicht gelungen: { NUMBER($n) }
experiment-pause = Anhalten
experiment-go-on = Fortsetzen
experiment-retry = Diese noch einmal versuchen
experiment-choose = Blind wählen
experiment-use-winner = Den Sieger benutzen
experiment-run-winner = Mit dem Sieger schreiben
experiment-archive = Weglegen
experiment-archived = „{ $name }“ weggelegt.
experiment-none-yet = Es ist noch keine Antwort da. Die ersten stehen hier, sobald sie da sind.
experiment-said-begun = „{ $name }“ läuft.
experiment-said-paused = „{ $name }“ ist angehalten.
experiment-said-done = „{ $name }“ ist fertig.
experiment-said-failed = „{ $name }“ ist fertig, soweit es geht; nicht gelungene Antworten: { NUMBER($n) }.

experiment-arms = Was verglichen wird
experiment-column-arm = Fassung
experiment-column-chosen = Gewählt
experiment-column-strength = Stärke mit ihrem Intervall
experiment-column-variety = Vielfalt
experiment-column-words = Wörter
experiment-column-first = Erstes Wort
experiment-column-language = Sprache
experiment-column-answers = Antworten
experiment-n-of-m = { NUMBER($n) } von { NUMBER($m) }
experiment-median = { NUMBER($n, maximumFractionDigits: 0) }
experiment-check-median = Median { $n }
experiment-variety-about = Wie sehr sich die Antworten auf eine Textstelle von Startwert zu Startwert unterscheiden: 100 weniger ihr mittleres chrF
experiment-seconds = { NUMBER($n, minimumFractionDigits: 2, maximumFractionDigits: 2) } s
experiment-not-reached = unter dem, was gewünscht ist
experiment-only-arm = Nur ihre Antworten zeigen
experiment-best = am besten
experiment-strength-told = Stärke { $value }, von { $low } bis { $high }
experiment-strength-none = noch hat niemand gewählt
experiment-settled = { $arm } wird öfter gewählt als die anderen, mehr als durch Zufall.
experiment-nobody-chose = Noch hat niemand gewählt. Wählen Sie blind zwischen Antworten, um herauszufinden, welchen Prompt Sie lieber hätten.
experiment-more = { $n ->
    [one] Die Intervalle überschneiden sich noch: Etwa { $n } weitere Wahl würde es entscheiden.
   *[other] Die Intervalle überschneiden sich noch: Etwa { $n } weitere Wahlen würden es entscheiden.
}
experiment-unknown = Noch lässt sich nicht sagen, was am besten ist.
experiment-distributions = Wie die Werte liegen
experiment-measures = Was zu sehen ist
experiment-measure-words = Wörter einer Antwort
experiment-measure-first_token_s = Sekunden bis zum ersten Wort
experiment-measure-tokens_a_second = Token je Sekunde
experiment-measure-rating = Ihre Noten
experiment-spread-told = { $arm }: { $median } in der Mitte, von { $least } bis { $most }.
experiment-languages = Nach Sprachen
experiment-language-unsaid = nicht genannt
experiment-judges = Ein Modell als Richter
experiment-judges-about = Auch ein Modell kann urteilen. Wie weit es mit Ihrer eigenen Wahl übereinstimmt, sagt, ob ihm zu trauen ist: Hat eine Antwort mehr Punkte, gilt sie als gewählt.
experiment-judges-waiting = { $n ->
    [one] Ein Richter urteilt oder wartet.
   *[other] { NUMBER($n) } Richter urteilen oder warten.
}
experiment-judge-of = { $judge }: { $task ->
    [rubric] Punkte
    [facts] gegen die Vorlage
   *[pairs] je zwei
}
experiment-judge-model = Richter
experiment-judge-task = Was er gefragt wird
experiment-judge-task-pairs = welche von zwei Antworten besser ist
experiment-judge-task-rubric = Punkte von 1 bis 5, nach Kriterien
experiment-judge-task-facts = ob eine Antwort zu ihrer Vorlage stimmt
experiment-judge-score-pairs = Gewählt
experiment-judge-score-rubric = Punkte
experiment-judge-score-facts = Stimmen
experiment-judge-share = { unit-percent }
experiment-judge-choose = Modell wählen
experiment-judge-begin = Urteilen lassen
experiment-judge-verdicts = Urteile: { NUMBER($n) } von { NUMBER($m) }
experiment-judge-unusable = nicht brauchbar: { NUMBER($n) }
experiment-judge-same = wie Sie in { unit-percent } von { NUMBER($n) }
experiment-judge-kappa = Kappa { $kappa }
experiment-judge-trusted = ihm ist zu trauen
experiment-judge-untrusted = ihm ist noch nicht zu trauen

experiment-answers = Antworten
experiment-answers-n = Antworten: { NUMBER($n) }
experiment-answers-none = Keine Antwort ist so.
experiment-answers-more = Mehr zeigen
experiment-filter-arm = Von
experiment-filter-all = allen
experiment-filter-passage = Zu
experiment-filter-language = In
experiment-filter-check = Die nicht bestehen
experiment-filter-none = was sie auch tun
experiment-repeat = Nr. { NUMBER($n) }
experiment-rated = Note { NUMBER($n) } von 5
experiment-wrong = Besteht nicht: { $checks }
experiment-compare = Vergleichen
experiment-compare-one-more = Markieren Sie noch eine Antwort, um zu sehen, was sich unterscheidet.
experiment-compare-end = Nicht mehr vergleichen
experiment-compared = Was zwei Antworten unterscheidet
experiment-compared-of = Von „{ $first }“ zu „{ $second }“
experiment-save-as = Ergebnisse sichern als
experiment-format-html = HTML…
experiment-format-csv = CSV…
experiment-format-jsonl = JSONL…
experiment-written = Nach { $file } geschrieben.
experiment-some-elsewhere = fragt ein Modell, das nicht auf diesem Rechner ist
experiment-endpoint-example = http://host:8000/v1
experiment-checks = Woran Antworten gemessen werden…
experiment-checks-about = Prüfungen als TOML-Tabellen, [[checks]]; leer für die üblichen
experiment-scorer = Eine Prüfung der Perplexität fragt
experiment-scorer-starter = das Startmodell
experiment-see = Ansehen
