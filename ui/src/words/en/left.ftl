# What of a file does not come along as it is; its number stands before it.

left-picture = Pictures: left out, since a page holds words only
left-table = Tables: taken apart, each cell is a paragraph
left-footnote = Footnotes: put into the text, in brackets
left-list = List items: made paragraphs, without bullets or numbers that are not part of the text
left-comment = Comments: left out, they belong to readers and not to the text
left-deletion = Tracked deletions: carried out
left-link = Links: kept as words, without the address
left-formatting = Passages: kept without underlining, strike-through or other style
left-hidden = Hidden passages: left out
left-contents = Tables of contents: left out, export makes a new one
left-title-page = Title page lines or running heads: left out, export makes them anew
left-code = Pieces of code or markup: kept as plain words, or left out if they have none
left-deep-heading = Deep headings: made headings of the third level
left-symbol = Symbols of a special font: left out, no other font has them
left-encoding = Texts: neither UTF-8 nor UTF-16, so read as Windows-1252; look at their accents and quotes
left-character = Characters: left out or replaced, no text can hold them
left-file = Files: not read
left-markup = Parts: not well-formed, so read as a browser would
left-note = Notes to self: left out, they are never exported
left-metadata = Entries about the file: left out, a book keeps title, author and language
left-annotation = Annotations or comments: kept among the notes of their scene
left-not-compiled = Documents that are not compiled: kept as notes to self, which are never exported
left-outside-draft = Documents outside the draft: not read; research, templates and trash stay in the project
left-tag = Labels, keywords or statuses: left out, a scene keeps synopsis, notes and how far it is
left-title = Titles of files: left out, the project has its own
left-scene-title = Titles of scenes: left out; tick “Let readers see the titles of scenes” and export again to have them in
left-letter = Letters without a font on this computer, so shown as boxes: install a font that has them, and export again

# After the first names of many.
left-more = and more
