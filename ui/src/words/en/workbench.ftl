# The workbench: where prompts are read, written, tried and compared.

workbench = Prompts and experiments
workbench-list = What there is
workbench-prompts = Prompts
workbench-passages = Passages
workbench-empty = A prompt is the text around yours: what the model is told before it writes.
workbench-empty-help = Open one to read what it says and what it would send. Yours are kept version by version, and nothing here changes what is on your page. A version is used only when you say so.
workbench-first = Read the first one
workbench-sample = Run the sample experiment
workbench-playground = Playground
workbench-experiments = Experiments
workbench-lessons = Lessons
workbench-done-of = { NUMBER($done) }/{ NUMBER($total) }
