# What is sent to the model with a request: before it is sent, and after.

plan = What would be sent
plan-heading = What would be sent · { NUMBER($used) } of { NUMBER($limit) } tokens
plan-sent = What was sent
plan-sent-heading = What was sent · { NUMBER($used) } of { NUMBER($limit) } tokens
plan-spoken = { NUMBER($used) } of { NUMBER($limit) } tokens used, { NUMBER($reserved) } kept free for the answer
plan-for = For: { $action }
plan-asking = It is being planned…
plan-waiting = The model is still loading. As soon as it is there, this says what would be sent.
plan-failed = It could not be planned.
plan-part = { $part } { NUMBER($tokens) }
plan-reserved = { NUMBER($reserved) } kept free for the answer
plan-missing = Left out of the { $part }: { unit-tokens }.
plan-items = lore and notes
plan-items-left = { $items ->
    [one] { $items } thing that could be told was left out.
   *[other] { $items } things that could be told were left out.
}
plan-by = { $prompt } · seed { $seed } · { $model }
plan-in = Goes in
plan-out = Left out
plan-part-left = { unit-tokens } left out.
plan-no-items = Nothing else can be told yet: no lore, no summaries, no note, no style samples.
plan-reset = As it would be of itself
plan-text = All of it, as the model reads it
plan-would = would be { unit-tokens }
plan-named = for “{ $name }”
plan-stale = its scene has changed since
plan-part-prompt = prompt
plan-part-before = story before
plan-part-selection = selection
plan-part-after = story after
plan-part-instruction = instruction
plan-form-chat = asked as a conversation
plan-form-fill = asked as a gap to fill
plan-form-completion = asked as a text to carry on
plan-kind-synopsis = Synopsis
plan-kind-note = Author’s note
plan-kind-style = Style sample
plan-kind-summary = Summary
plan-kind-lore = Lore
plan-kind-previous = End of the scene before
plan-sent-short = short form
plan-sent-cut = cut
plan-why-switched_off = Switched off.
plan-why-no_room = Others took the room.
plan-why-model_too_small = The model sees too little for it.
plan-why-not_used = The prompt has no place for it.
plan-why-not_named = None of its names stands in the text.
plan-why-other_chapters = It holds in other chapters only.
plan-why-never = It is for the author alone.
plan-why-stale = Its scene has changed since it was summed up.
plan-why-far_from_start = The text before the cursor is long enough without it.
