# The first page of a new library, for somebody who never used such a program.

welcome = Welcome to Foolscap
welcome-spoken = Welcome to Foolscap. The cursor is on an empty page: you can write at once. What there is to know stands after the page.
welcome-page = This is a page. Write on it: every word is saved by itself.
welcome-local = Everything stays on this computer: your words, and the model too. Nothing is sent anywhere. Foolscap goes online only when you ask it to get another model.
welcome-stuck = When you are stuck, press { $keys }. A language model, which has learned from many books how texts go on, carries yours on; you choose which of its words you keep.
welcome-model-starter = The small model that comes with Foolscap is ready. It is good for trying things out; for real work, get a larger one that fits this computer.
welcome-model-loading = The small model that comes with Foolscap ({ $name }) will be ready in a moment. It is good for trying things out; for real work, get a larger one that fits this computer.
welcome-model-other = The model { $name } is ready.
welcome-model-failed = The model { $name } cannot be used. Choose another one.
welcome-sample = Try it on a sample
welcome-models = Find a model
welcome-commands = All commands
welcome-away = Begin to write, and this goes away.
