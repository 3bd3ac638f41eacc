# Dateien in die Bibliothek.

import = Importieren
import-help = Wählen Sie die Dateien eines Manuskripts oder einen Ordner davon. Sie sehen, was daraus wird, bevor etwas gespeichert ist.
import-kinds = Word (DOCX), OpenDocument (ODT), RTF, EPUB, Markdown, reiner Text, HTML und Scrivener-Projekte. Dateien lassen sich auch auf dem Fenster ablegen.
import-choose-files = Dateien wählen …
import-choose-folder = Ordner wählen …
import-reading = { $files } wird gelesen …
import-by = von { $author }
import-outline = Was kommt
import-parts = { $parts ->
    [one] { $parts } Teil
   *[other] { $parts } Teile
  }
import-chapters = { $chapters ->
    [one] { $chapters } Kapitel
   *[other] { $chapters } Kapitel
  }
import-scenes = { $scenes ->
    [one] { $scenes } Szene
   *[other] { $scenes } Szenen
  }
import-no-chapter = In keinem Kapitel
import-more-chapters = { $chapters ->
    [one] und { $chapters } weiteres Kapitel
   *[other] und { $chapters } weitere Kapitel
  }
import-left-out = Was nicht mitkommt, wie es ist
import-into = Wohin es geht
import-into-new = In ein eigenes Manuskript
import-into-open = Ans Ende von „{ $title }“
import-do = Importieren
import-storing = Wird gespeichert …
import-others = Andere Dateien …
import-done = { $scenes ->
    [one] { $scenes } Szene
   *[other] { $scenes } Szenen
  } mit { $words ->
    [one] { $words } Wort
   *[other] { $words } Wörtern
  } importiert.
