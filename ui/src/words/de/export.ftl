# Das Manuskript in eine Datei für jemand anderen.

export = „{ $title }“ exportieren
export-format = Format
export-format-docx = Word (DOCX)
export-format-epub = EPUB, für Leser
export-format-pdf = PDF, zum Drucken
export-format-md = Markdown
export-format-txt = Reiner Text
export-format-html = Webseite (HTML)
export-format-folder = Ordner mit Markdown, eine Datei je Szene
export-author = Autor
export-manuscript = Normmanuskript
export-manuscript-help = Wie Verlage und Agenturen es wünschen: doppelter Zeilenabstand, mit Ihrem Namen und der Zahl der Wörter.
export-numbers = Kapitel nummerieren
export-scene-titles = Titel der Szenen zeigen
export-place = Ziel
export-choose = Anderer Ort …
export-replaces = Dort liegt die Datei des letzten Exports; die neue tritt an ihre Stelle.
export-do = Exportieren
export-writing = Wird geschrieben …
export-done = Geschrieben ist:
export-left-out = Was nicht darin ist
export-show = In ihrem Ordner zeigen
export-again = Noch einmal exportieren …
