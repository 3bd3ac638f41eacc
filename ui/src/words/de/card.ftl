# Die Karte einer Szene: was ihr Autor neben dem Text festhält.

card = Karte der Szene
card-of = { $kind ->
    [part] Der Teil
   *[chapter] Das Kapitel
  }
card-hide = Karte verbergen
card-back = Zurück zur Szene auf der Seite
card-status = Status
card-synopsis = Synopsis
card-synopsis-hint = { $kind ->
    [part] Was in diesem Teil geschehen soll
    [chapter] Was in diesem Kapitel geschehen soll
   *[scene] Was in dieser Szene geschehen soll
  }
card-chapter-synopsis = { $kind ->
    [part] Teil „{ $name }“
   *[chapter] Kapitel „{ $name }“
  }
card-notes = Notizen für mich
card-notes-hint = Nur für Sie: wird nie exportiert und keinem Modell gesagt
card-taken-back = Was zuletzt neben der Seite geändert wurde, ist wieder wie zuvor.
card-again = Wieder ändern
