# „Hilf mir weiter“: was gefragt wird, was sich findet, was hilft.

stuck = Festgefahren?
stuck-close = Schließen
stuck-question-what_is_missing = Was fehlt?
stuck-question-words_or_ideas = Worte für die Seite oder Einfälle zur Auswahl?
stuck-question-what_should_it_say = Was soll da ungefähr stehen?
stuck-words = Worte für die Seite
stuck-ideas = Einfälle zur Auswahl
stuck-says = Schreib es
stuck-says-nothing = Das weiß ich auch nicht
stuck-says-example = Sie erzählt ihm von der Schachtel, aber nicht, wessen Name darauf steht.

stuck-kind-blank_page = Ein erster Satz
stuck-kind-what_next = Wie es weitergeht
stuck-kind-how_to_say_it = Wie man es sagt
stuck-kind-too_much = Wo anfangen: Es ist zu viel
stuck-kind-lost_thread = Der Faden: Wohin sollte das führen?

stuck-known = Was fehlt: { $kind }
stuck-because = Denn { $reasons }.
stuck-because-page_is_blank = die Seite ist leer
stuck-because-words_are_selected = es sind Worte ausgewählt
stuck-because-sentence_is_fought_over = hier wurde viel geschrieben und wieder gestrichen
stuck-because-text_goes_on_after = der Text geht nach der Schreibmarke weiter
stuck-because-long_away = du warst tagelang fort
stuck-because-you_said_so = du hast es gesagt
stuck-help = Was hilft: { $action }
stuck-rather = Ist es etwas anderes?
