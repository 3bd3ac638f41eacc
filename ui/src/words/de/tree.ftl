# Der Baum eines Manuskripts: seine Zeilen, was man mit ihnen tun kann und was getan wurde.

tree = Manuskript
tree-row = { $name }, { $kind ->
    [part] Teil
    [chapter] Kapitel
   *[scene] Szene
  }, { $words ->
    [one] { $words } Wort
   *[other] { $words } Wörter
  }
tree-rename = Titel
tree-menu = Was mit „{ $name }“ geschehen soll
tree-untitled-part = Teil ohne Titel
tree-untitled-chapter = Kapitel ohne Titel
tree-untitled-scene = Leere Szene
tree-status-planned = Noch zu schreiben
tree-status-draft = Entwurf
tree-status-revised = Überarbeitet
tree-status-done = Fertig

tree-do-rename = Umbenennen
tree-do-card = Synopsis und Notizen
tree-do-new-scene = Neue Szene danach
tree-do-new-chapter = Neues Kapitel danach
tree-do-new-part = Neuer Teil danach
tree-do-duplicate = Duplizieren
tree-do-up = Nach oben
tree-do-down = Nach unten
tree-do-merge = Mit der nächsten Szene vereinen
tree-do-archive = Weglegen

tree-added-part = Ein neuer Teil mit einer leeren Szene.
tree-added-chapter = Ein neues Kapitel mit einer leeren Szene.
tree-added-scene = Eine neue Szene.
tree-renamed = „{ $name }“ umbenannt.
tree-moved = „{ $name }“ verschoben.
tree-duplicated = „{ $name }“ dupliziert.
tree-archived = „{ $name }“ weggelegt.
tree-unarchived = „{ $name }“ ist wieder da.
tree-split = Aus der Szene sind zwei geworden.
tree-merged = Die beiden Szenen sind jetzt eine.
tree-undone = Rückgängig gemacht: { $step }
tree-redone = Wieder getan: { $step }

tree-scene-title = Titel der Szene
tree-others = Andere Manuskripte
tree-all = Alle Manuskripte
tree-undo = Rückgängig
tree-words = { $words ->
    [one] { $words } Wort insgesamt
   *[other] { $words } Wörter insgesamt
  }
