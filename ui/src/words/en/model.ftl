# The model in use: its card, and its name in the status line.

model = The model
model-starter = a small model to try things with
model-here = on this machine
model-loading = It is being loaded. What you ask for meanwhile waits for it.
model-stop-loading = Stop loading
model-resting = It is not in memory now. It is loaded again when you ask it for something.
model-billions = { NUMBER($n, minimumFractionDigits: 1, maximumFractionDigits: 1) } billion weights
model-millions = { NUMBER($n, maximumFractionDigits: 0) } million weights
model-sees = sees { unit-tokens } at once
model-device = Computes on { $device }.
model-starter-long = This is a small model to try things with. It came with Foolscap, so that everything works before anything is downloaded. It wanders, forgets who is in the room, and cannot follow instructions: Rewrite fills the gap from the words around it, whatever is asked.
model-base = It carries text on, but cannot follow instructions: Rewrite fills the gap from the words around it.
model-instruct = It follows instructions.
model-real = To write with a real one
model-real-how = Under “Models” there is a list of those that are good to write with, and whether they fit this machine. A file you have already is read where it lies, and nothing is sent anywhere.
model-find = Find a model that fits…
model-choose = Choose a model file…
model-use-starter = Use the starter model
