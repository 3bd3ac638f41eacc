# Find a model that fits, get it, and look after those that are here.

models = Models
models-back = Back to the page
models-here = Here
models-found = Found on this machine
models-arriving = Arriving
models-find = Find a model that fits
models-nothing-sent = Nothing is sent anywhere; downloads only when you ask
models-cores = { $cores ->
    [one] { $cores } core
   *[other] { $cores } cores
}
models-memory = { $all }, { $free } free
models-reads = reads { NUMBER($gigabytes, maximumFractionDigits: 0) } GB/s
models-unmeasured = not measured yet
models-does-not-fit = does not fit

# The catalogue.
models-about = Every model runs here, without a network. Larger ones write better and slower. Sizes and speeds are for this machine.
models-about-unmeasured = Every model runs here, without a network. Larger ones write better and slower. Sizes and speeds are for this machine; measure it once to see speeds.
models-words = A word: German, Apache, dialogue…
models-search = Search the catalogue
models-column-model = Model
models-column-good = Good at
models-column-download = Download
models-column-memory = Memory at 8k
models-column-expected = Expected
models-column-ways = What can be done
models-carries-on = carries text on
models-by-size = About, by its size alone.
models-speed = { NUMBER($tokens, maximumFractionDigits: 0) } tokens/s
models-coming = Coming
models-in-use = In use
models-use = Use it
models-get = Get it
models-get-if = Get it if it fits
models-none-match = Nothing in the catalogue has all these words. The hub has more.
models-beyond = { $n ->
    [one] { $n } more that will not fit
   *[other] { $n } more that will not fit
}
models-any-other = Any other on the hub…
models-use-file = Use a file…
models-use-folder = Use a folder…
models-measuring = Measuring, up to 20 seconds…
models-measure-again = Measure again
models-measure = Measure this machine

# Whether one fits, in a few words and in sentences.
models-fits = Fits
models-tight = Tight: leaves { $left }
models-no-disk = No room on the disk
models-no-fit = Will not fit
models-nearest = { $why }. Nearest: { $nearest }
models-look-fits = Fits: it needs { $needed } of memory at { unit-tokens }, and { $free } are free.
models-look-tight = Tight: it needs { $needed } of memory at { unit-tokens }, which leaves { $left }.
models-look-no-disk = The disk has no room for it; of memory it needs { $needed }.
models-look-no-fit = Will not fit: it needs { $needed } of memory at { unit-tokens }, and { $free } are free.
models-longest = { unit-tokens } would fit.
models-download = To download: { $size }.
models-download-room = To download: { $size }; the disk has { $free } free.
models-in-files = { $files ->
    [one] { $size } in { $files } file
   *[other] { $size } in { $files } files
}
models-expected = { $tokens ->
    [one] About { $tokens } token a second.
   *[other] About { $tokens } tokens a second.
}
models-expected-slow = About a token a second, or less.

# One on its way.
models-asking = asking…
models-checking = reading what came: { $of }
models-of = { $done } of { $total }
models-left = { $time } left
models-waiting = { $of } · again in { $time }
models-finishing = finishing…
models-converting = made into a GGUF: { $of }
models-paused = paused at { $of }
models-paused-first = paused at the beginning
models-not-begun = nothing is fetched yet
models-done = here
models-get-instead = Get { $model } instead
models-get-forced = Get it all the same
models-leave = Leave it
models-go-on = Go on
models-try-again = Try again
models-remove = Remove
models-cancel = Cancel
models-pause = Pause
models-token = Token of the hub
models-use-token = Use this token

# The hub.
models-hub = Any other on the hub
models-hub-about = What you search for is sent to the hub (huggingface.co, or what the settings say); nothing else is. A repository is named as owner/name.
models-hub-search = Search the hub
models-hub-example = mistral nemo, or owner/name
models-hub-go = Search
models-hub-asking = Asking the hub…
models-hub-back = Back to what was found
models-hub-more-files = { $files ->
    [one] and { $files } more file
   *[other] and { $files } more files
}
models-hub-no-file = It has no GGUF file. Look for a repository whose name ends in GGUF.
models-hub-downloads = { $n ->
    [one] { $n } download
   *[other] { $n } downloads
}
models-hub-gated = terms to agree to
models-hub-none = The hub has no GGUF model with these words.

# One model's page.
models-source-starter = came with Foolscap
models-source-hub = hub
models-source-file = file
models-source-copy = copy
models-source-hub_cache = hub cache
models-needs = { $verdict }: { $needed } of memory at { unit-tokens }.
models-drew = { $rate ->
    [one] It drew { $rate } token a second when it was used last.
   *[other] It drew { $rate } tokens a second when it was used last.
}
models-keep-listed = Keep it on the list
models-delete = Delete { $size } from the disk
models-unlist = Take it off the list; its file stays
models-deleted = “{ $name }” is removed. Its { $size } go from the disk when this message does.
models-unlisted = “{ $name }” is off the list; its file stays.
models-use-other = Use another first.
models-settings = What holds for it
models-reset = Back to what the model says
models-facts = What its file says
models-setting-context = context
models-setting-threads = threads
models-setting-device = computes on
models-setting-gpu_layers = layers on the card
models-setting-kv_type = keys and values
models-setting-temperature = temperature
models-setting-top_p = top p
models-setting-top_k = top k
models-setting-min_p = min p
models-setting-template = template
models-setting-style = style
models-choice-style-instruct = follows instructions
models-choice-style-base = carries text on
models-choice-device-cpu = the processor
models-choice-device-gpu = the graphics card, as far as it fits
models-choice-kv_type-f16 = 16 bits
models-choice-kv_type-q8_0 = 8 bits: half the memory
models-fact-name = name
models-fact-architecture = architecture
models-fact-parameters = parameters
models-fact-quantization = quantization
models-fact-file = file
models-fact-context = context
models-fact-layers = layers
models-fact-tokenizer = tokenizer
models-fact-chat_template = chat template
models-fact-licence = licence
models-fact-memory = memory
models-fact-runs_here = runs here
models-fact-path = path

# Trying it.
models-try = Try it on a sample
models-try-again-sample = Again
models-try-stop = Stop
models-try-reading = It reads the sample…
models-try-wrote = Wrote { $wrote } tokens a second.
models-try-read-wrote = Read { $read }, wrote { $wrote } tokens a second.
