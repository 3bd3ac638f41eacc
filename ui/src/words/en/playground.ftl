# The playground: prompts side by side on one passage.

playground = Playground
playground-about = The same passage and the same seed for every column, so that what differs is the prompt, the model or the settings.
playground-seed = Seed
playground-candidates = Answers each
playground-run = Run all
playground-stop = Stop
playground-add = Add a column
playground-sweep = Four temperatures
playground-keep = Save as an experiment
playground-experiment = From the playground
playground-column = Column { NUMBER($n) }
playground-given = Tried on the lesson’s passage: { $passage }
playground-not-given = Try on another
playground-prompt = Prompt
playground-model = Model
playground-model-in-use = In use: { $model }
playground-draft = { $prompt }, what is being written
playground-draft-gone = a draft as it was
playground-mine = Make it mine
playground-mine-from = from a lesson
playground-as-it-is = as it is
playground-more-settings = More settings
playground-setting-name = Name
playground-setting-temperature = Temperature
playground-setting-words = Words
playground-setting-top_p = Top p
playground-setting-top_k = Top k
playground-setting-min_p = Min p
playground-setting-repetition_penalty = Repetition
playground-waiting = It waits for the model…
playground-reading = It reads…
playground-idle = Its answer comes here.
playground-remove = Take { $name } out
playground-remove-short = Take out
playground-said-begun = All columns are asked.
playground-said-stopped = Stopped; what came stays.
playground-said-done = All columns have answered.
playground-together = { $others ->
    [one] with one other column
   *[other] with { $others } other columns
}
playground-beside = while others were answered
