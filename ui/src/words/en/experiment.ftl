# Experiments: what is compared, how they get on, and what came of them.

experiment = Experiment
experiment-new = New experiment
experiment-new-about = Every prompt answers every passage, with every model and setting, so many times. The same seeds are drawn for all, so what differs is the prompt. It waits whenever you ask for something yourself.
experiment-name = Name
experiment-name-example = Shorter, or as it came?
experiment-prompts = Prompts
experiment-action = Action
experiment-models = Models
experiment-elsewhere = not on this machine
experiment-arm-elsewhere = { $arm } ({ experiment-elsewhere })
experiment-elsewhere-warning = The passages, and what the project tells with them, are sent to a model that is not on this machine.
experiment-endpoint-add = Add a model that is elsewhere…
experiment-endpoint-about = What is tried there leaves this machine: the passages, and whatever is told with them.
experiment-endpoint-address = Address (OpenAI API)
experiment-endpoint-model = Its name there
experiment-endpoint-key = Variable of the environment with the key
experiment-endpoint-chat = asked as a chat
experiment-endpoint-take = Add it
experiment-endpoint-remove = Leave it out
experiment-settings = Settings
experiment-settings-add = Add a row of settings
experiment-settings-remove = Take the row out
experiment-passages = Passages
experiment-set = Tried on
experiment-set-of = { $name }: { NUMBER($n) }
experiment-repeats = Times each
experiment-repeats-hint = From { NUMBER($n) } times on it is also told where answers contradict each other.
experiment-told = Tell the manuscript’s lore, notes and summaries with them
experiment-makes = { NUMBER($prompts) } prompts × { NUMBER($models) } models × { NUMBER($settings) } settings × { NUMBER($passages) } passages × { NUMBER($repeats) } times: answers to come: { NUMBER($answers) }.
experiment-makes-many = That takes hours on most machines. It can be paused at any time.
experiment-makes-none = Nothing is compared yet: choose a prompt, a model and passages.
experiment-begin = Begin
experiment-plan-prompts = prompts: { NUMBER($n) }
experiment-plan-models = models: { NUMBER($n) }
experiment-plan-settings = settings: { NUMBER($n) }
experiment-plan-passages = passages: { NUMBER($n) }
experiment-plan-repeats = times each: { NUMBER($n) }
experiment-plan-seed = seed { $seed }

experiment-progress = Answers that are there
experiment-answers-of = { NUMBER($done) } of { NUMBER($total) } answers
experiment-state-paused = paused
experiment-state-waiting = waits for others
experiment-state-loading = loads a model
experiment-state-running = running
experiment-state-yielding = waits while you work with the machine
experiment-state-done = done
experiment-failed = could not be made: { NUMBER($n) }
experiment-pause = Pause
experiment-go-on = Go on
experiment-retry = Try those again
experiment-choose = Choose blind
experiment-use-winner = Use the winner
experiment-run-winner = Write with the winner
experiment-archive = Put away
experiment-archived = “{ $name }” put away.
experiment-none-yet = There is no answer yet. The first ones are shown here as soon as they are there.
experiment-said-begun = “{ $name }” is running.
experiment-said-paused = “{ $name }” is paused.
experiment-said-done = “{ $name }” is done.
experiment-said-failed = “{ $name }” is done as far as it goes; answers that could not be made: { NUMBER($n) }.

experiment-arms = What is compared
experiment-column-arm = Version
experiment-column-chosen = Chosen
experiment-column-strength = Strength, with its interval
experiment-column-variety = Variety
experiment-column-words = Words
experiment-column-first = First word
experiment-column-language = Language
experiment-column-answers = Answers
experiment-n-of-m = { NUMBER($n) } of { NUMBER($m) }
experiment-median = { NUMBER($n, maximumFractionDigits: 0) }
experiment-check-median = median { $n }
experiment-variety-about = How much answers to one passage differ from seed to seed: 100 less their mean chrF
experiment-seconds = { NUMBER($n, minimumFractionDigits: 2, maximumFractionDigits: 2) } s
experiment-not-reached = below what is wanted
experiment-only-arm = Show only its answers
experiment-best = best
experiment-strength-told = Strength { $value }, from { $low } to { $high }
experiment-strength-none = nobody has chosen yet
experiment-settled = { $arm } is chosen more often than the others, beyond chance.
experiment-nobody-chose = Nobody has chosen yet. Choose blind between answers to find out which prompt you would rather have.
experiment-more = { $n ->
    [one] The intervals still overlap: about { $n } more choice would settle it.
   *[other] The intervals still overlap: about { $n } more choices would settle it.
}
experiment-unknown = It cannot be told yet which is best.
experiment-distributions = How the values lie
experiment-measures = What is shown
experiment-measure-words = Words in an answer
experiment-measure-first_token_s = Seconds to the first word
experiment-measure-tokens_a_second = Tokens a second
experiment-measure-rating = Your ratings
experiment-spread-told = { $arm }: { $median } in the middle, from { $least } to { $most }.
experiment-languages = By language
experiment-language-unsaid = not said
experiment-judges = A model as judge
experiment-judges-about = A model can judge too. How far it agrees with your own choices says whether to trust it: its points count as a choice where one answer has more of them.
experiment-judges-waiting = { $n ->
    [one] One judge is at work, or waits.
   *[other] { NUMBER($n) } judges are at work, or wait.
}
experiment-judge-of = { $judge }: { $task ->
    [rubric] points
    [facts] against the reference
   *[pairs] two at a time
}
experiment-judge-model = Judge
experiment-judge-task = What it is asked
experiment-judge-task-pairs = which of two answers is better
experiment-judge-task-rubric = points from 1 to 5, by criteria
experiment-judge-task-facts = whether an answer agrees with its reference
experiment-judge-score-pairs = Chosen
experiment-judge-score-rubric = Points
experiment-judge-score-facts = Agree
experiment-judge-share = { unit-percent }
experiment-judge-choose = choose a model
experiment-judge-begin = Let it judge
experiment-judge-verdicts = verdicts: { NUMBER($n) } of { NUMBER($m) }
experiment-judge-unusable = not usable: { NUMBER($n) }
experiment-judge-same = the same as you in { unit-percent } of { NUMBER($n) }
experiment-judge-kappa = kappa { $kappa }
experiment-judge-trusted = can be trusted
experiment-judge-untrusted = not to be trusted yet

experiment-answers = Answers
experiment-answers-n = answers: { NUMBER($n) }
experiment-answers-none = No answer is like that.
experiment-answers-more = Show more
experiment-filter-arm = Of
experiment-filter-all = all
experiment-filter-passage = To
experiment-filter-language = In
experiment-filter-check = That fail
experiment-filter-none = whatever they do
experiment-repeat = no. { NUMBER($n) }
experiment-rated = rated { NUMBER($n) } of 5
experiment-wrong = Does not pass: { $checks }
experiment-compare = Compare
experiment-compare-one-more = Mark another answer to see what differs.
experiment-compare-end = Compare no more
experiment-compared = What differs between two answers
experiment-compared-of = From “{ $first }” to “{ $second }”
experiment-save-as = Save the results as
experiment-format-html = HTML…
experiment-format-csv = CSV…
experiment-format-jsonl = JSONL…
experiment-written = Written to { $file }.
experiment-some-elsewhere = asks a model that is not on this machine
experiment-endpoint-example = http://host:8000/v1
experiment-checks = What answers are held against…
experiment-checks-about = Checks as TOML tables, [[checks]]; empty for the usual ones
experiment-scorer = A check of perplexity asks
experiment-scorer-starter = the starter model
experiment-see = See it
