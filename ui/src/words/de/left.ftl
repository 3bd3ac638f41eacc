# Was von einer Datei nicht mitkommt, wie es ist; die Anzahl steht davor.

left-picture = Bilder: weggelassen, denn eine Seite fasst nur Wörter
left-table = Tabellen: aufgelöst, jede Zelle ist ein Absatz
left-footnote = Fußnoten: in Klammern in den Text gesetzt
left-list = Listenpunkte: zu Absätzen geworden, ohne Zeichen und Nummern, die nicht zum Text gehören
left-comment = Kommentare: weggelassen, sie gehören Lesern und nicht zum Text
left-deletion = Nachverfolgte Streichungen: ausgeführt
left-link = Verweise: als Wörter behalten, ohne Adresse
left-formatting = Stellen: ohne Unterstreichung, Durchstreichung oder andere Auszeichnung behalten
left-hidden = Verborgene Stellen: weggelassen
left-contents = Inhaltsverzeichnisse: weggelassen, der Export macht ein neues
left-title-page = Zeilen der Titelseite oder Kolumnentitel: weggelassen, der Export macht sie neu
left-code = Stücke von Code oder Auszeichnung: als schlichte Wörter behalten oder, ohne Wörter, weggelassen
left-deep-heading = Tiefe Überschriften: zu Überschriften der dritten Stufe geworden
left-symbol = Zeichen einer Symbolschrift: weggelassen, keine andere Schrift hat sie
left-encoding = Texte: weder UTF-8 noch UTF-16, darum als Windows-1252 gelesen; sehen Sie sich Akzente und Anführungszeichen an
left-character = Zeichen: weggelassen oder ersetzt, kein Text kann sie fassen
left-file = Dateien: nicht gelesen
left-markup = Teile: nicht wohlgeformt, darum gelesen wie von einem Browser
left-note = Notizen an sich selbst: weggelassen, sie werden nie exportiert
left-metadata = Angaben zur Datei: weggelassen, ein Buch behält Titel, Autor und Sprache
left-annotation = Anmerkungen oder Kommentare: bei den Notizen ihrer Szene behalten
left-not-compiled = Dokumente, die nicht kompiliert werden: als Notizen an sich selbst behalten, die nie exportiert werden
left-outside-draft = Dokumente außerhalb des Entwurfs: nicht gelesen; Recherche, Vorlagen und Papierkorb bleiben im Projekt
left-tag = Etiketten, Stichwörter oder Status: weggelassen, eine Szene behält Inhaltsangabe, Notizen und ihren Stand
left-title = Titel von Dateien: weggelassen, das Projekt hat seinen eigenen
left-scene-title = Titel von Szenen: weggelassen; wählen Sie „Titel der Szenen zeigen“ und exportieren Sie noch einmal, damit sie hineinkommen
left-letter = Buchstaben ohne Schrift auf diesem Rechner, darum als Kästchen gezeigt: installieren Sie eine Schrift, die sie hat, und exportieren Sie noch einmal

# After the first names of many.
left-more = und weitere
