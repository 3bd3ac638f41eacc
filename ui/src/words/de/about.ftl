# Die Ansicht eines ganzen Manuskripts: was sein Autor darüber sagt, wie es klingen soll, welche Wörter darin richtig sind.

about = Über dieses Manuskript
about-tab-said = Das Buch
about-tab-goals = Ziele
about-tab-style = Stil
about-tab-words = Richtige Wörter
about-tab-summaries = Zusammenfassungen

about-title = Titel
about-author = Autor
about-author-hint = Der Name auf der Titelseite
about-author-help = Er steht auf dem, was Sie von diesem Manuskript exportieren.
about-synopsis = Synopsis
about-synopsis-hint = Worum geht es?
about-synopsis-help = Ein Modell erfährt davon, wo Platz ist.
about-note = Anweisung des Autors
about-note-hint = Vergangenheit, nah an Ada. Keine Magie.
about-note-help = Wird einem Modell bei jeder Anfrage gesagt.
about-language = Sprache des Textes
about-language-none = Nicht gesagt
about-language-other = Eine andere …
about-language-tag = Sprache, wie BCP 47 sie schreibt
about-language-wrong = Keine Sprache heißt so.
about-language-help = Für Anführungszeichen, Rechtschreibung und Exporte. Die Sprache des Fensters steht in den Einstellungen.
about-direction = Zeilen laufen
about-direction-auto = wie die Buchstaben jedes Absatzes
about-direction-ltr = von links nach rechts
about-direction-rtl = von rechts nach links

about-style-intro = Passagen, die klingen, wie die Geschichte klingen soll: eigene oder fremde. Einem Modell werden die gezeigt, die in Gebrauch sind, soweit Platz ist.
about-style-none = Noch gibt es keine. Wählen Sie auf der Seite eine Passage aus und fügen Sie sie mit dem Befehl „Auswahl zum Stil hinzufügen“ hinzu, oder setzen Sie hier eine ein.
about-sample-title = Name
about-sample-title-hint = Dialog, trocken
about-sample-text = Passage
about-sample-in-use = In Gebrauch
about-sample-archive = Weglegen
about-sample-archived = Die Passage ist weggelegt.
about-sample-new = Noch eine Passage
about-sample-add = Hinzufügen
about-sample-added = Die Passage zeigt jetzt, wie die Geschichte klingen soll.
about-sample-see = Zeigen
about-samples-put-away = { $n ->
    [one] Eine Passage wurde weggelegt
   *[other] { $n } Passagen wurden weggelegt
  }

about-words-intro = Namen und eigene Wörter, die so geschrieben werden, wie Sie sie schreiben. Namen aus dem Weltwissen brauchen hier nicht zu stehen.
about-words-none = Noch gibt es keines.
about-word = Ein Wort, das richtig ist
about-word-add = Hinzufügen
about-word-remove = „{ $word }“ von der Liste nehmen
about-word-removed = „{ $word }“ steht nicht mehr auf der Liste.
