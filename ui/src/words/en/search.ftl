# Finding and replacing, and going to a scene.

search = Find
search-replace = Find and replace
search-replace-too = Replace…
search-only-find = Only find
search-words = Find
search-replacement = Replace with
search-scope = Where
search-scope-manuscript = In the whole manuscript
search-scope-scene = In this scene
search-match_case = Match case
search-whole_words = Whole words
search-regex = Regular expression
search-notes = In notes too

search-nothing = Nothing found.
search-found = { $places ->
    [one] { $places } place
   *[other] { $places } places
  } in { $scenes ->
    [one] { $scenes } scene
   *[other] { $scenes } scenes
  }
search-more = The first { $shown } are shown; narrow the search to see the others.
search-unread = { $scenes ->
    [one] { $scenes } scene was written by another version of Foolscap and was not searched.
   *[other] { $scenes } scenes were written by another version of Foolscap and were not searched.
  }
search-at = { $at } of { $places }
search-places = Places found
search-in-note = note
search-all-of = Replace all in “{ $name }”
search-this = Replace: { $text }
search-do-replace = { $places ->
    [one] Replace in { $places } place
   *[other] Replace in { $places } places
  }
search-replaced = { $places ->
    [one] Replaced in { $places } place
   *[other] Replaced in { $places } places
  } of { $scenes ->
    [one] { $scenes } scene.
   *[other] { $scenes } scenes.
  }
search-conflict = Something was written in between, so nothing was replaced. These are the places as they are now.
search-go = Go to a scene, by its title or words in it
