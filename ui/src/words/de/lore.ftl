# Weltwissen: die Personen, Orte, Dinge und Tatsachen einer Geschichte.

lore = Weltwissen
lore-entries = Einträge
lore-new = Neuer Eintrag
lore-all = ‹ Alles Weltwissen
lore-find = Nach Namen suchen
lore-not-found = Im Weltwissen heißt nichts so.
lore-more = { $n } weitere …
lore-unnamed = Ohne Namen
lore-empty-short = Noch niemand und nichts.
lore-empty = Wer kommt in Ihrer Geschichte vor, wo spielt sie, was darf nicht vergessen werden?
lore-empty-why = Schreiben Sie auf, worauf es ankommt, und ein Modell erfährt davon, sobald der Text es nennt. Wählen Sie auf der Seite einen Namen aus und drücken Sie die Taste für einen neuen Eintrag, um damit zu beginnen.
lore-choose = Wählen Sie links einen Eintrag, oder beginnen Sie einen neuen.
lore-put-away = Weggelegt
lore-none-put-away = Kein Eintrag wurde weggelegt.

lore-kind-person = Personen
lore-kind-place = Orte
lore-kind-thing = Dinge
lore-kind-fact = Tatsachen
lore-is-person = Eine Person
lore-is-place = Ein Ort
lore-is-thing = Ein Ding
lore-is-fact = Eine Tatsache

lore-called = Wie heißt es?
lore-add = Hinzufügen
lore-kind = Art
lore-name = Name
lore-aliases = Andere Namen
lore-aliases-hint = der Wärter, die alte Ada
lore-aliases-help = Mit Kommas dazwischen. Auch jeder von ihnen nennt den Eintrag.
lore-told = Ein Modell erfährt davon
lore-told-named = wo einer seiner Namen steht
lore-told-always = bei jeder Anfrage
lore-told-never = nie
lore-told-named-help = Wenn der Text um die Schreibmarke ihn nennt und Platz ist.
lore-told-always-help = Es nimmt in jeder Anfrage Platz ein: für das, was nie vergessen werden darf.
lore-told-never-help = Nur für Sie.
lore-match-case = Nur in dieser Schreibung (Rose, nicht rose)
lore-short = In wenigen Worten
lore-short-hint = Leuchtturmwärterin, sechzig, trocken
lore-short-help = Wird gesagt, wo wenig Platz ist.
lore-long = Alles, was es zu sagen gibt
lore-long-hint = Aussehen, Art, Vorgeschichte, was sie will und was sie verbirgt
lore-holds = Gilt
lore-holds-from = Von
lore-holds-from-none = Anfang an
lore-holds-to = Bis
lore-holds-to-none = zum Ende
lore-holds-put-away = ein Kapitel, das weggelegt wurde
lore-holds-help = Für das, was nur eine Zeit lang so ist. In anderen Kapiteln erfährt ein Modell nichts davon.

lore-passages = Wo das Manuskript ihn nennt
lore-looking = Wird gesucht …
lore-nowhere = Noch nirgends.
lore-named = { $n ->
    [one] Einmal.
   *[other] { $n } Mal, in { $scenes ->
        [one] einer Szene.
       *[other] { $scenes } Szenen.
      }
  }
lore-named-last = Zuletzt in „{ $scene }“.
lore-not-yet = gilt hier nicht
lore-passages-more = Und { $n } weitere.
lore-unread = { $n ->
    [one] Eine Szene ist von einer anderen Version und konnte nicht durchsucht werden.
   *[other] { $n } Szenen sind von einer anderen Version und konnten nicht durchsucht werden.
  }

lore-duplicate = Duplizieren
lore-copy = { $name } (Kopie)
lore-archive = Weglegen
lore-archived = „{ $name }“ weggelegt.
lore-none-here = Im Weltwissen heißt nichts so wie das, was an der Schreibmarke steht.
