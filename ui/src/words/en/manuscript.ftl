# The writer's manuscripts, and what is told about them.

manuscript-list = Manuscripts
# Said of a bare figure beside a manuscript.
manuscript-words = words
manuscript-untitled = Untitled
manuscript-copy = { $title } (this page)

manuscript-try-again = Try again
manuscript-other-version = “{ $title }” was written by another version of Foolscap and cannot be shown. Nothing in it was changed.
manuscript-unsaved = Your words are still here, and saving is tried again.
manuscript-close-again = Close the window again to leave without the last words.
manuscript-conflict = This manuscript was changed elsewhere since it was opened here. Both versions are safe until you choose.
manuscript-keep-page = Keep this page
manuscript-keep-copy = Keep this page as a copy, open the other
