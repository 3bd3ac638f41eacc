# Files into the library.

import = Import
import-help = Choose the files of a manuscript, or a folder of them. You see what comes of it before anything is stored.
import-kinds = Word (DOCX), OpenDocument (ODT), RTF, EPUB, Markdown, plain text, HTML, and Scrivener projects. Files can also be dropped on the window.
import-choose-files = Choose files…
import-choose-folder = Choose a folder…
import-reading = Reading { $files }…
import-by = by { $author }
import-outline = What comes
import-parts = { $parts ->
    [one] { $parts } part
   *[other] { $parts } parts
  }
import-chapters = { $chapters ->
    [one] { $chapters } chapter
   *[other] { $chapters } chapters
  }
import-scenes = { $scenes ->
    [one] { $scenes } scene
   *[other] { $scenes } scenes
  }
import-no-chapter = In no chapter
import-more-chapters = { $chapters ->
    [one] and { $chapters } more chapter
   *[other] and { $chapters } more chapters
  }
import-left-out = What does not come along as it is
import-into = Where it goes
import-into-new = Into a manuscript of its own
import-into-open = To the end of “{ $title }”
import-do = Import
import-storing = Storing…
import-others = Other files…
import-done = { $scenes ->
    [one] { $scenes } scene
   *[other] { $scenes } scenes
  } with { $words ->
    [one] { $words } word
   *[other] { $words } words
  } came in.
