# Die Liste der Tasten und das Ändern. `$keys` ist „Strg+Enter“ oder mehrere davon, `$command` und `$others` sind Namen von Befehlen.

keys-find = Befehl oder Taste finden
keys-beside = { $what } ({ $keys })
keys-change = Ändern
keys-change-of = Tasten von „{ $command }“ ändern
keys-new = Neue Tasten
keys-more = Noch eine
keys-press = Tasten drücken …
keys-remove = „{ $command }“ { $keys } wegnehmen
keys-reset = Wie mitgeliefert
keys-reset-all = Alle wie mitgeliefert
keys-others = Andere Tasten
keys-taken = { $keys } steht schon für { $others }.
keys-name = „{ $command }“
keys-take = Stattdessen an „{ $command }“ geben
keys-refused-types = { $keys } schreibt ein Zeichen. Halten Sie zusätzlich { $hold } oder eine ähnliche Taste.
keys-refused-moves = { $keys } wird beim Schreiben gebraucht. Halten Sie zusätzlich { $hold } oder eine ähnliche Taste.
keys-refused-clipboard = { $keys } ist zum Kopieren und Einfügen da oder wählt alles aus.
keys-said-set = „{ $command }“ hat jetzt { $keys }.
keys-said-none = „{ $command }“ hat jetzt keine Tasten.
keys-said-undone = Zurückgenommen.
keys-said-reset-all = Alle Tasten sind wie mitgeliefert.
