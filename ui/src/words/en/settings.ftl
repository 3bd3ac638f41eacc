# The settings: words, ideas, freedom, theme, language, memory, and where models come from.

settings = Settings
settings-theme = Theme
settings-theme-system = As the system says
settings-theme-light = Light
settings-theme-dark = Dark
settings-language = Language
settings-language-system = As the system says
