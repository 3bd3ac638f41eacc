# Ein Prompt: sein Text, seine Fassungen und was er senden würde. `$prompt` ist eine Bezeichnung wie „my continue v3“.

prompt-text = Text des Prompts
prompt-completions = Was hier stehen kann
prompt-key-complete = { $keys } sagt, was hier stehen kann
prompt-key-leave = { $keys } verlässt den Text
prompt-fine = Daran ist nichts falsch.
prompt-draft-fine = Daran ist nichts falsch. Geändert seit { $prompt } und als Entwurf aufgehoben.
prompt-problem-line = Zeile { NUMBER($line) }:
prompt-go-to-line = Zur Zeile
prompt-came = Mit Foolscap gekommen
prompt-changed = geändert, noch keine Fassung
prompt-mark-in-use = v{ $number } in Gebrauch
prompt-mark-draft = mit Änderungen, die noch keine Fassung sind
prompt-in-use-here = hier in Gebrauch
prompt-in-use-everywhere = überall in Gebrauch
prompt-beside = Neben dem Text
prompt-pane-rendered = Was er senden würde
prompt-pane-versions = Fassungen
prompt-made-of = aus { $prompt } entstanden
prompt-compare = Vergleichen mit
prompt-compare-none = nichts
prompt-compare-lines = Was sich geändert hat, Zeile für Zeile
prompt-compare-same = Beide Texte sind gleich.
prompt-compare-left = { $lines ->
    [one] { $lines } Zeile unverändert
   *[other] { $lines } Zeilen unverändert
}
prompt-rendered = Was er senden würde
prompt-not-rendered = Was er senden würde, lässt sich gerade nicht sagen; unten steht, was es war.
prompt-own-variables = Eigene Variablen des Prompts
prompt-parts = Was hineingeht und was nicht
prompt-cut-here = Hier wurde der Anfang des Textes abgeschnitten

prompt-save = Neue Fassung sichern
prompt-save-help = Eine Fassung ändert sich nie. Was Sie hier schreiben, sagt später, wofür sie gemacht wurde.
prompt-fork = Als eigenen Prompt sichern
prompt-fork-help = Ein anderer Name ergibt einen anderen Prompt; dieser bleibt, wie er ist.
prompt-fork-help-came = Was mit Foolscap kam, bleibt, wie es ist. Geben Sie Ihrem einen eigenen Namen.
prompt-name = Name
prompt-name-taken = So heißt schon ein Prompt.
prompt-message = Was daran neu ist
prompt-message-example = Kürzerer Systemtext
prompt-keep = Sichern
prompt-saved = Gesichert als { $prompt }.
prompt-nothing-new = Das sagt { $prompt } schon.
prompt-restored-message = Wieder der Text von { $prompt }
prompt-restored = Der Text von { $old } ist jetzt { $prompt }.
prompt-discard = Änderungen verwerfen
prompt-discarded = Die Änderungen sind verworfen.
prompt-used-here = „{ $title }“ benutzt jetzt { $prompt }.
prompt-used-everywhere = { $prompt } wird jetzt überall benutzt.
prompt-used-as-it-came = Es wird wieder benutzt, was mit Foolscap kam.
prompt-archived = „{ $name }“ weggelegt.
prompt-unarchived = „{ $name }“ ist wieder da.
prompt-put-away = Weggelegt: { NUMBER($prompts) }
prompt-bring-back = Zurückholen
prompt-import = Ordner mit Prompts importieren…
prompt-export-all = Prompts in einen Ordner exportieren…
prompt-exported = Nach { $folder } geschrieben: { NUMBER($files) }
prompt-imported = Aus { $folder } gelesen: { NUMBER($prompts) }
prompt-try = Ausprobieren
prompt-compare-in = Im Experiment
prompt-do-save = Fassung sichern…
prompt-do-fork = Als eigenen sichern…
prompt-do-use = Überall benutzen
prompt-do-use-here = Hier benutzen
prompt-compare-written = was seither geschrieben wurde
