# The settings: words, ideas, freedom, theme, language, memory, and where models come from.

settings = Settings
settings-theme = Theme
settings-theme-system = As the system says
settings-theme-light = Light
settings-theme-dark = Dark
settings-language = Language
settings-language-system = As the system says
settings-words = Words in a continuation
settings-ideas = Ideas in a brainstorm
settings-temperature = Freedom (temperature)
settings-temperature-help = { 0 } always takes the likeliest word; higher is freer. Empty: as the prompt says.
settings-temperature-none = as the prompt says
settings-memory = Memory for what was read (MiB)
settings-memory-help = Asking again about a long text then costs only what has changed, also after a restart. { 0 } remembers nothing on disk.
settings-release = Release an idle model after (minutes)
settings-release-help = Its memory is free for other programs then; it is loaded again when asked. { 0 }: never.
settings-marks = Show which words the machine made
settings-marks-help = With a dotted line under words you took.

settings-hub = Where models come from
settings-hub-endpoints = The hub and its mirrors, one a line
settings-hub-endpoints-help = They are asked in this order; the next one stands in for one that fails. A token goes to the first alone. Empty: { $usual }.
settings-hub-environment = HF_ENDPOINT is set to { $address }, which goes before this list.
settings-hub-usual = Back to { $host }
settings-hub-kept = Kept.
settings-hub-token = Token for models with terms
settings-hub-token-help = From the hub's page Settings, Access Tokens.
settings-hub-token-none = None is kept.
settings-hub-token-environment = The environment (HF_TOKEN) gives one.
settings-hub-token-keyring = One is in the system's keyring.
settings-hub-token-hub_file = The hub's own programs keep one, which is used.
settings-hub-token-another = another one
settings-hub-token-keep = Keep it
settings-hub-token-forget = Forget it
settings-hub-token-kept = Kept in the keyring.
settings-hub-token-forgotten = Forgotten.
