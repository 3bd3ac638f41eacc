# Die Werkbank: wo Prompts gelesen, geschrieben, erprobt und verglichen werden.

workbench = Prompts und Experimente
workbench-list = Was da ist
workbench-prompts = Prompts
workbench-passages = Textstellen
workbench-empty = Ein Prompt ist der Text um Ihren herum: was dem Modell gesagt wird, bevor es schreibt.
workbench-empty-help = Öffnen Sie einen, um zu lesen, was er sagt und was er senden würde. Ihre eigenen werden Fassung für Fassung aufgehoben, und nichts hier ändert, was auf Ihrer Seite steht. Eine Fassung wird erst benutzt, wenn Sie es sagen.
workbench-first = Den ersten lesen
workbench-sample = Das Beispielexperiment ausführen
workbench-playground = Probierfeld
workbench-experiments = Experimente
workbench-lessons = Lektionen
workbench-done-of = { NUMBER($done) }/{ NUMBER($total) }
