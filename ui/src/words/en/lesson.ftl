# Lessons, each with something to try. Their texts come with the program.

lesson-try = Try it
