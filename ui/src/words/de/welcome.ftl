# Die erste Seite einer neuen Bibliothek, für jemanden, der so ein Programm noch nie benutzt hat.

welcome = Willkommen bei Foolscap
welcome-spoken = Willkommen bei Foolscap. Die Schreibmarke steht auf einer leeren Seite: Sie können gleich schreiben. Was es zu wissen gibt, steht nach der Seite.
welcome-page = Das ist eine Seite. Schreiben Sie darauf: Jedes Wort wird von selbst gespeichert.
welcome-local = Alles bleibt auf diesem Computer: Ihre Wörter und auch das Modell. Nichts wird irgendwohin gesendet. Foolscap geht nur dann ins Netz, wenn Sie ein anderes Modell holen wollen.
welcome-stuck = Wenn es stockt, drücken Sie { $keys }. Ein Sprachmodell, das aus vielen Büchern gelernt hat, wie Texte weitergehen, führt Ihren fort; Sie wählen, welche seiner Wörter bleiben.
welcome-model-starter = Das kleine Modell, das mit Foolscap kommt, ist bereit. Es taugt zum Ausprobieren; für richtige Arbeit holen Sie ein größeres, das auf diesen Computer passt.
welcome-model-loading = Das kleine Modell, das mit Foolscap kommt ({ $name }), ist gleich bereit. Es taugt zum Ausprobieren; für richtige Arbeit holen Sie ein größeres, das auf diesen Computer passt.
welcome-model-other = Das Modell { $name } ist bereit.
welcome-model-failed = Das Modell { $name } kann nicht benutzt werden. Wählen Sie ein anderes.
welcome-sample = An einem Beispiel ausprobieren
welcome-models = Ein Modell finden
welcome-commands = Alle Befehle
welcome-away = Beginnen Sie zu schreiben, und dies verschwindet.
