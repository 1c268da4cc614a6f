### Сеанс решений.

session-at = <b>{ $position }/{ $total } ▸</b>
session-unread = { $n ->
    [one] 📖 { $n } непрочитанное сообщение
    [few] 📖 { $n } непрочитанных сообщения
   *[other] 📖 { $n } непрочитанных сообщений
}
session-done = 🎉 Готово: решено { $n }, больше ничего не ждёт.
session-nothing = ☕ Ничего не ждёт решения.
session-only = 🔎 только { $what }
session-none-fit = { $n ->
    [one] 🔎 Из ожидающего ничего не подходит; ждёт ещё { $n }.
   *[other] 🔎 Из ожидающего ничего не подходит; ждут ещё { $n }.
}
session-bulk = { $what ->
    [approve] ✅ Одобрить эти { $n } сразу?
    [keep] ✅ Оставить эти { $n } сразу?
    [reject] ✖️ Отклонить эти { $n } сразу?
    [drop] ✖️ Убрать эти { $n } сразу?
    [merge] 🔀 Объединить эти { $n } с тем, на что они похожи?
   *[expire] 🧹 Отпустить эти { $n }?
}
session-bulk-line = { $name } { $title } · { $percent } %
session-bulk-into = { $name } { $title } → { $into }
session-bulk-done = { $what ->
    [approved] ✅ Одобрено сразу: { $n }.
    [rejected] ✖️ Отклонено сразу: { $n }.
    [merged] 🔀 Объединено сразу: { $n }.
   *[expired] 🧹 Отпущено сразу: { $n }.
}
panel-bulk = Что сделать со всеми { $n }? Сначала вы увидите список.
panel-sieve = 🔎 Идти только по… (сейчас { $n })
sieve-choice = { $name } · { $n }
sieve-stage-knowledge = 📚 Заметки
sieve-stage-tasks = 📋 Задачи
sieve-subject = один раздел
sieve-alike = похожие
sieve-band-sure = выше 90 %
sieve-band-fair = от 75 до 90 %
sieve-band-unsure = ниже 75 %
sieve-age-day = за сутки
sieve-age-week = за неделю
sieve-age-older = старше
button-sieve = 🔎
button-sieve-all = Все { $n }
button-alike = ≈ похожих: { $n }
button-bulk = Все…
button-bulk-approve = ✅ Одобрить { $n }
button-bulk-keep = ✅ Оставить { $n }
button-bulk-reject = ✖️ Отклонить { $n }
button-bulk-drop = ✖️ Убрать { $n }
button-bulk-merge = 🔀 Объединить { $n }
button-bulk-expire = 🧹 Отпустить { $n }
order-confident = сначала уверенные
order-uncertain = сначала сомнительные
order-oldest = сначала старые

session-why = Почему? Нажмите в самом низу или просто идите дальше.
button-undo-last = ↩️ Отменить отклонение
button-previous = ◂
button-next = ▸
button-confident = ✅ Одобрить { $n } выше 90 %
button-undo-bulk = ↩️ Отменить { $n }
button-read-new = { $n ->
    [one] 📖 { $n } непрочитанное: прочитать и решить
   *[other] 📖 { $n } непрочитанных: прочитать и решить
}
button-order = ⇅
