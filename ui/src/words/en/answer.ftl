# One answer of an experiment.

answer = Answer
answer-back = Back to “{ $name }”
answer-rating = How good it is
answer-note = Note
answer-findings = What the checks found
answer-passed-yes = passed
answer-passed-no = not passed
answer-passed-unknown = cannot be told
answer-claims = What it says that neither passage nor lore have
answer-again = To have it again
answer-prompt = Prompt
answer-model = Model
answer-model-hash = Its file
answer-seed = Seed
answer-tokens = Tokens
answer-tokens-read = { NUMBER($n) } read
answer-tokens-made = { NUMBER($n) } made
answer-speed = Speed
answer-written = Written
answer-rendered = All that was sent
answer-source = The prompt’s text
