# Was geschehen ist, nach dem Code eines Problems; der englische Satz des Programms folgt als Einzelheit.

problem-model_unusable = Das Modell kann nicht verwendet werden.
problem-bad_request = So geht das nicht.
problem-too_long = Der Text ist länger, als das Modell auf einmal sieht.
problem-conflict = Die Szene wurde anderswo geändert, seit sie hier geöffnet wurde.
problem-library = Die Bibliothek konnte nicht gelesen oder geschrieben werden.
problem-file = Eine Datei konnte nicht gelesen oder geschrieben werden.
problem-not_found = Das ist nicht mehr da.
problem-not_ready = Das Modell wird noch geladen.
problem-engine = Das Modell hat mit einem Fehler aufgehört.
problem-models = Die Liste der Modelle oder eine ihrer Dateien konnte nicht gelesen oder geschrieben werden.
problem-hub = Der Hub oder das Netz hat nicht geantwortet, wie es sollte.
problem-gated = Zuerst muss man den Bedingungen des Herausgebers zustimmen und ein Token angeben.
problem-read_only = Ein anderes Programm hat diese Bibliothek geöffnet, darum kann hier nichts geändert werden.
