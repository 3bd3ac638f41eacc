# Titles of the system's own dialogs, and what files are called in them.

dialog-model = Choose a model
dialog-model-folder = Choose a folder with a model
dialog-import = Import
dialog-manuscripts = Manuscripts
dialog-import-folder = Import a folder
dialog-prompts = A folder of prompts
dialog-passages = Passages
