# Titles of the system's own dialogs, and what files are called in them.

dialog-model = Ein Modell wählen
dialog-model-folder = Einen Ordner mit einem Modell wählen
dialog-import = Importieren
dialog-manuscripts = Manuskripte
dialog-import-folder = Einen Ordner importieren
dialog-prompts = Ein Ordner mit Prompts
dialog-passages = Passagen
