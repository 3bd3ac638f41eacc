# Lore: the people, places, things and facts of a story.

lore = Lore
lore-entries = Entries
lore-new = New entry
lore-all = ‹ All lore
lore-find = Find by name
lore-not-found = Nothing in the lore is called that.
lore-more = { $n } more…
lore-unnamed = Without a name
lore-empty-short = Nobody and nothing yet.
lore-empty = Who is in your story, where does it happen, what must not be forgotten?
lore-empty-why = Write down what matters, and a model is told of it whenever the text names it. Select a name on the page and press the key for a new entry to begin with it.
lore-choose = Choose an entry on the left, or begin a new one.
lore-put-away = Put away
lore-none-put-away = No entry was put away.

lore-kind-person = People
lore-kind-place = Places
lore-kind-thing = Things
lore-kind-fact = Facts
lore-is-person = A person
lore-is-place = A place
lore-is-thing = A thing
lore-is-fact = A fact

lore-called = What is it called?
lore-add = Add it
lore-kind = Kind
lore-name = Name
lore-aliases = Other names
lore-aliases-hint = the keeper, old Ada
lore-aliases-help = With commas between them. Each of them names the entry too.
lore-told = A model is told
lore-told-named = where one of its names stands
lore-told-always = with every request
lore-told-never = never
lore-told-named-help = When the text around the cursor names it, and there is room.
lore-told-always-help = It takes room in every request: for what must never be forgotten.
lore-told-never-help = For you alone.
lore-match-case = Only as it is written (Rose, not rose)
lore-short = In a few words
lore-short-hint = keeper of the light, sixty, dry
lore-short-help = Told where there is little room.
lore-long = All there is to say
lore-long-hint = Looks, manner, history, what she wants and what she hides
lore-holds = Holds
lore-holds-from = From
lore-holds-from-none = the beginning
lore-holds-to = To
lore-holds-to-none = the end
lore-holds-put-away = a chapter that was put away
lore-holds-help = For what is so only for a while. In other chapters a model is not told.

lore-passages = Where the manuscript names it
lore-looking = Looking…
lore-nowhere = Nowhere yet.
lore-named = { $n ->
    [one] Once.
   *[other] { $n } times, in { $scenes ->
        [one] one scene.
       *[other] { $scenes } scenes.
      }
  }
lore-named-last = Last in “{ $scene }”.
lore-not-yet = it does not hold here
lore-passages-more = And { $n } more.
lore-unread = { $n ->
    [one] One scene is of another version and could not be looked through.
   *[other] { $n } scenes are of another version and could not be looked through.
  }

lore-duplicate = Duplicate
lore-copy = { $name } (copy)
lore-archive = Put away
lore-archived = “{ $name }” put away.
lore-none-here = Nothing in the lore is called what stands at the cursor.
