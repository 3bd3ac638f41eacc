# Not said in English: there the program's own sentence is said (`problem.ts`). Here so that no language is without them.
# What happened by the code of a problem; the program's sentence follows as its detail.

problem-model_unusable = The model cannot be used.
problem-bad_request = That cannot be done like this.
problem-too_long = The text is longer than the model sees at once.
problem-conflict = The scene was changed elsewhere since it was opened here.
problem-library = The library could not be read or written.
problem-file = A file could not be read or written.
problem-not_found = That is no longer there.
problem-not_ready = The model is still loading.
problem-engine = The model stopped with an error.
problem-models = The list of models, or one of their files, could not be read or written.
problem-hub = The hub or the network did not answer as it should.
problem-gated = The maker's terms have to be agreed to first, and a token given.
problem-read_only = Another program has this library open, so nothing can be changed here.
