# Was der Editor sagt, und die Einstellungen der Seite.

editor-note = Notiz an mich

# Wörter einer Maschine, auf die gezeigt wird.
editor-machine = Von einer Maschine
editor-machine-changed = Von einer Maschine, seither geändert
editor-model = Von { $model }
editor-model-changed = Von { $model }, seither geändert

editor-page = Seite
editor-typeface = Schrift
editor-typeface-literata = Literata
editor-typeface-inter = Inter
editor-typeface-serif = Die des Systems, mit Serifen
editor-typeface-sans = Die des Systems, ohne Serifen
editor-typeface-mono = Die des Systems, alle Zeichen gleich breit
editor-size = Schriftgröße (%)
editor-line-height = Zeilenabstand (%)
editor-measure = Zeichen in einer Zeile
editor-measure-detail = Ungefähr; weniger, wo das Fenster schmal ist.
editor-focus = Fokus
editor-focus-detail = Alles andere tritt zurück.
editor-focus-off = Aus
editor-focus-paragraph = Auf dem Absatz
editor-focus-sentence = Auf dem Satz
editor-typewriter = Schreibmaschine
editor-typewriter-detail = Die Zeile, an der geschrieben wird, bleibt auf gleicher Höhe.
editor-typography = Typografische Zeichen
editor-typography-detail = Gerade Anführungszeichen, -- und ... werden zu denen der Sprache des Textes. Die Rücktaste gleich danach gibt sie zurück.
