# Texte des Programms, die es auf Englisch sagt; die englischen stehen hier Buchstabe für Buchstabe unter denselben Namen.

# Was ein Modell des Katalogs gut kann.
program-good-quick-smallest = rasche Ideen auf dem kleinsten Rechner
program-good-quick-long = rasche Ideen, lange Texte
program-good-quick-rewriting = rasche Ideen, Umschreiben
program-good-short = kurze Passagen, leichter Ton
program-good-fast-long = rasche Antworten, lange Texte
program-good-open-data = ganz offen entstanden, samt Daten
program-good-open-company = offen entstanden, angenehmer Umgang
program-good-rewriting-long = Umschreiben, lange Texte
program-good-summaries = Zusammenfassungen, klare Prosa
program-good-own-voice = eine Geschichte in ihrem eigenen Ton fortsetzen
program-good-dialogue-rewriting = Dialoge, Umschreiben
program-good-european-rewriting = europäische Sprachen, Umschreiben
program-good-european-long = europäische Sprachen, lange Prosa
program-good-outlines = Gliederungen, Kritik
program-good-voice = Stimme, Dialoge
program-good-voice-time = Stimme, Dialoge, in kurzer Zeit
program-good-voice-long = Stimme, Dialoge, lange Prosa
program-good-everything-long = alles, lange Texte
program-good-everything-small = alles, was ein kleiner Rechner kann
program-good-long-critique = lange Prosa, Kritik
program-good-long-choice = lange Prosa; die Wahl vieler Autoren

# Die Sprachen, die es kann.
program-languages-many = viele Sprachen
program-languages-english = Englisch
program-languages-more = { $n } Sprachen und mehr
program-languages = { $n } Sprachen

# Was für ein Modell gilt, wo nichts eingestellt ist.
program-default-context = { $n }, soweit der Speicher reicht
program-default-threads = { $n }, einer pro Kern, der sich lohnt
program-default-card = die Grafikkarte, wo es eine gibt
program-default-processor = der Prozessor: Dieses Programm kennt keine Karte
program-default-layers = so viele von { $n }, wie passen
program-default-bits = 16 Bit
program-default-prompt = wie der Prompt es sagt
program-default-maker = { $n }, wie der Hersteller empfiehlt
program-default-template = die des Modells
program-default-none = keine
program-default-instruct = wie das Modell ist: folgt Anweisungen
program-default-base = wie das Modell ist: führt Text weiter

# Warum ein Teil der Geschichte weggelassen wurde.
program-left-out-fills = Das Modell füllt die Lücke aus den Worten ringsum.
program-left-out-carries-on = Dieses Modell führt Text weiter und folgt keinen Anweisungen.
program-left-out-beginning = Das Modell sieht nicht mehr auf einmal, darum fehlt der Anfang.
program-left-out-end = Das Modell sieht nicht mehr auf einmal, darum fehlt das Ende.
program-left-out-before = Dieser Prompt verwendet den Text vor der Stelle nicht.
program-left-out-after = Dieser Prompt verwendet den Text nach der Stelle nicht.
program-left-out-selected = diese Vorlage verwendet die Auswahl nicht
program-left-out-place = diese Vorlage hat keinen Platz dafür

# Angaben aus der Datei eines Modells.
program-fact-yes = ja
program-fact-base = keine (ein Basismodell: Es führt Text weiter)
program-fact-tokens = { $n } Tokens
program-fact-memory = { $weights } für die Gewichte, { $context } für einen vollen Kontext

# Wie weit ein Richter übereinstimmt, und warum er nichts sagte.
program-judge-few = erst { $n } Paare haben beide beurteilt; { $least } sind nötig
program-judge-one = beide gaben immer dasselbe eine Urteil, was nichts über Übereinstimmung sagt
program-judge-far = Kappa ist { $kappa } bei { $n } Paaren; mindestens { $least } ist nötig
program-judge-near = Kappa ist { $kappa } bei { $n } Paaren
program-judge-alike = er sagt von allen { $n } Antworten dasselbe und unterscheidet so keine von der anderen
program-judge-unread = seine Antwort war nicht zu lesen
program-judge-turned = er gab andere Punkte, als die Kriterien umgekehrt standen
program-judge-changed = er sagte etwas anderes, als Antwort und Vorlage die Plätze tauschten
program-judge-invented = er sagt, die Antwort widerspreche, und zitiert Worte, die nicht in ihr stehen

# Woran Antworten gemessen werden.
program-check-contains-not = Enthält nicht { $texts }
program-check-contains = Enthält { $texts }
program-check-matches-not = Passt nicht auf { $pattern }
program-check-matches = Passt auf { $pattern }
program-check-repetition = Wiederholt sich nicht
program-check-phrases = Keine Floskeln
program-check-first = Erste Person
program-check-second = Zweite Person
program-check-third = Dritte Person
program-check-past = Vergangenheit
program-check-present = Gegenwart
program-check-same-language = Dieselbe Sprache
program-check-into = Sprache der Übersetzung
program-check-language = Sprache { $language }
