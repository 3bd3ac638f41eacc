# Wie die Bibliothek geöffnet wurde, und Manuskripte als Ganzes.

library-archived = „{ $title }“ ist weggelegt.
library-gone = Die Datei der Bibliothek war nicht mehr da. Foolscap hat an ihrer Stelle ihre letzte Kopie geöffnet, vom { $when }.
library-read-only = Ein anderes Programm hat diese Bibliothek geöffnet, deshalb kann man hier nur lesen. Schließ sie dort und öffne Foolscap erneut, um zu schreiben.
library-recovered = Die Bibliothek war beschädigt. Foolscap hat sie beiseitegelegt und ihre Sicherung vom { $when } geöffnet. Was danach geschrieben wurde, steht vielleicht noch in { $damaged }; in dieser Datei wurde nichts geändert.
