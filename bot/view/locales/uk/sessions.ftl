### Сеанс рішень.

session-at = <b>{ $position }/{ $total } ▸</b>
session-unread = { $n ->
    [one] 📖 { $n } непрочитане повідомлення
    [few] 📖 { $n } непрочитані повідомлення
   *[other] 📖 { $n } непрочитаних повідомлень
}
session-done = 🎉 Готово: вирішено { $n }, більше ніщо не чекає.
session-nothing = ☕ Ніщо не чекає рішення.
session-only = 🔎 лише { $what }
session-none-fit = { $n ->
    [one] 🔎 З того, що чекає, нічого не підходить; чекає ще { $n }.
   *[other] 🔎 З того, що чекає, нічого не підходить; чекають ще { $n }.
}
session-bulk = { $what ->
    [approve] ✅ Схвалити ці { $n } одразу?
    [keep] ✅ Залишити ці { $n } одразу?
    [reject] ✖️ Відхилити ці { $n } одразу?
    [drop] ✖️ Прибрати ці { $n } одразу?
    [merge] 🔀 Об'єднати ці { $n } з тим, на що вони схожі?
   *[expire] 🧹 Відпустити ці { $n }?
}
session-bulk-line = { $name } { $title } · { $percent } %
session-bulk-into = { $name } { $title } → { $into }
session-bulk-done = { $what ->
    [approved] ✅ Схвалено одразу: { $n }.
    [rejected] ✖️ Відхилено одразу: { $n }.
    [merged] 🔀 Об'єднано одразу: { $n }.
   *[expired] 🧹 Відпущено одразу: { $n }.
}
panel-bulk = Що зробити з усіма { $n }? Спершу ви побачите список.
panel-sieve = 🔎 Іти лише по… (зараз { $n })
sieve-choice = { $name } · { $n }
sieve-stage-knowledge = 📚 Нотатки
sieve-stage-tasks = 📋 Задачі
sieve-subject = один розділ
sieve-alike = схожі
sieve-band-sure = понад 90 %
sieve-band-fair = від 75 до 90 %
sieve-band-unsure = нижче 75 %
sieve-age-day = за добу
sieve-age-week = за тиждень
sieve-age-older = старіші
button-sieve = 🔎
button-sieve-all = Усі { $n }
button-alike = ≈ схожих: { $n }
button-bulk = Усі…
button-bulk-approve = ✅ Схвалити { $n }
button-bulk-keep = ✅ Залишити { $n }
button-bulk-reject = ✖️ Відхилити { $n }
button-bulk-drop = ✖️ Прибрати { $n }
button-bulk-merge = 🔀 Об'єднати { $n }
button-bulk-expire = 🧹 Відпустити { $n }
order-confident = спочатку певні
order-uncertain = спочатку сумнівні
order-oldest = спочатку старі

session-why = Чому? Натисніть у самому низу або просто йдіть далі.
button-undo-last = ↩️ Скасувати відхилення
button-previous = ◂
button-next = ▸
button-confident = ✅ Схвалити { $n } понад 90 %
button-undo-bulk = ↩️ Скасувати { $n }
button-read-new = { $n ->
    [one] 📖 { $n } непрочитане: прочитати й вирішити
   *[other] 📖 { $n } непрочитаних: прочитати й вирішити
}
button-order = ⇅
