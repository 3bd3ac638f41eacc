# Lektionen, jede mit etwas zum Ausprobieren. Ihre Texte kommen mit dem Programm.

lesson-try = Ausprobieren
