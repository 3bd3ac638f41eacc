# كم كُتب، وما عزم المؤلف على كتابته.

progress = التقدّم
progress-today = { $words ->
    [zero] لا شيء اليوم
    [one] كلمة واحدة اليوم
    [two] كلمتان اليوم
    [few] { $words } كلمات اليوم
    [many] { $words } كلمة اليوم
   *[other] { $words } كلمة اليوم
  }
progress-short-today = { $done } اليوم من { $goal }
progress-short-session = { $done } في هذه الجلسة من { $goal }
progress-short-project = { $done } من { $goal }
progress-row-scene = هذا المشهد
progress-row-selection = المحدّد
progress-selected-of = { $selected } من { unit-words }
progress-characters = { $all ->
    [zero] بلا حروف
    [one] حرف واحد، { $solid } دون المسافات
    [two] حرفان، { $solid } دون المسافات
    [few] { $all } حروف، { $solid } دون المسافات
    [many] { $all } حرفًا، { $solid } دون المسافات
   *[other] { $all } حرف، { $solid } دون المسافات
  }
progress-row-today = اليوم
progress-row-session = هذه الجلسة
progress-row-project = المخطوطة
progress-done = { unit-words }
progress-done-of = { $done } من { $goal } كلمة
progress-reached = تحقّق الهدف.
progress-pace = { $words ->
    [0] تحقّق هدف { $day }.
    [zero] تحقّق هدف { $day }.
    [one] كلمة واحدة في اليوم تبلغ الهدف في { $day }.
    [two] كلمتان في اليوم تبلغان الهدف في { $day }.
    [few] { $words } كلمات في اليوم تبلغ الهدف في { $day }.
    [many] { $words } كلمة في اليوم تبلغ الهدف في { $day }.
   *[other] { $words } كلمة في اليوم تبلغ الهدف في { $day }.
  }
progress-streak = { $days ->
    [zero] لا أيام متتالية.
    [one] يوم واحد.
    [two] يومان متتاليان.
    [few] { $days } أيام متتالية.
    [many] { $days } يومًا متتاليًا.
   *[other] { $days } يوم متتالٍ.
  }
progress-last-days = { $days ->
    [zero] لا أيام
    [one] اليوم الأخير
    [two] اليومان الأخيران
    [few] آخر { $days } أيام
    [many] آخر { $days } يومًا
   *[other] آخر { $days } يوم
  }
progress-chart = الكلمات في كل يوم من الأيام الأخيرة ({ $days }): المجموع { $words }، وأكثرها في { $day }: { $most }.
progress-chart-none = الكلمات في كل يوم من الأيام الأخيرة ({ $days }): لا شيء بعد.
progress-day = { $day }: { unit-words }
progress-table = في جدول
progress-column-day = اليوم
progress-column-words = الكلمات
progress-set-goals = الأهداف…

progress-goals-intro = لا يُحسب إلا ما تكتبه: أما المستورد والمستعاد فلا يُحسب. واترك فارغًا ما لا تريد أن تُقاس به.
progress-goal-none = بلا هدف
progress-goal-words = المخطوطة كلها
progress-goal-words-help = عدد الكلمات في المجموع.
progress-goal-by = حتى يوم
progress-goal-by-help = إذا حدّدت يومًا عرفت كم كلمة يلزم كل يوم.
progress-goal-day = كل يوم
progress-goal-day-help = عدد الكلمات.
progress-goal-session = كل جلسة
progress-goal-session-help = عدد الكلمات. وتنتهي الجلسة إذا لم يُكتب شيء نصف ساعة.
progress-streaks = عدّ الأيام المتتالية
progress-streaks-help = في كل المخطوطات. وهو متوقف ما لم تُرده.
