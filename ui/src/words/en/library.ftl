# How the library was opened, and manuscripts as a whole.

library-archived = “{ $title }” is put away.
library-gone = The library’s file was gone. Foolscap opened its latest copy, of { $when }, in its place.
library-read-only = Another program has this library open, so it can only be read here. Close it there and open Foolscap again to write.
library-recovered = The library was damaged. Foolscap put it aside and opened its backup of { $when }. What was written after that may still be in { $damaged }; nothing in that file was changed.
