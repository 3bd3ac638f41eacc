# Die Einstellungen: Wörter, Ideen, Freiheit, Farben, Sprache, Speicher, und woher Modelle kommen.

settings = Einstellungen
settings-theme = Farben
settings-theme-system = Wie das System
settings-theme-light = Hell
settings-theme-dark = Dunkel
settings-language = Sprache
settings-language-system = Wie das System
