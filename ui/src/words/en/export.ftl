# The manuscript into a file for somebody else.

export = Export “{ $title }”
export-format = Format
export-format-docx = Word (DOCX)
export-format-epub = EPUB, for readers
export-format-pdf = PDF, to print
export-format-md = Markdown
export-format-txt = Plain text
export-format-html = Web page (HTML)
export-format-folder = Folder of Markdown, a file for each scene
export-author = Author
export-manuscript = Standard manuscript format
export-manuscript-help = As editors and agents ask for it: double-spaced, with your name and the word count.
export-numbers = Number the chapters
export-scene-titles = Let readers see the titles of scenes
export-place = Goes to
export-choose = Another place…
export-replaces = The file of the last export is there; the new one takes its place.
export-do = Export
export-writing = Writing…
export-done = It is written:
export-left-out = What is not in it
export-show = Show it in its folder
export-again = Export again…
