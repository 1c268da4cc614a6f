### Сеанс решений.

session-at = <b>{ $position }/{ $total } ▸</b>
session-unread = { $n ->
    [one] 📖 { $n } непрочитанное сообщение
    [few] 📖 { $n } непрочитанных сообщения
   *[other] 📖 { $n } непрочитанных сообщений
}
session-done = 🎉 Готово: решено { $n }, больше ничего не ждёт.
session-nothing = ☕ Ничего не ждёт решения.
session-skipped = Пропущено: { $n }; это остаётся в /pending.
session-bulk = { $n ->
    [one] ✅ Одобрить { $n } сразу?
   *[other] ✅ Одобрить эти { $n } сразу?
}
session-bulk-line = { $name } { $title } · { $percent } %
session-bulk-done = ✅ Одобрено сразу: { $n }.
order-confident = сначала уверенные
order-uncertain = сначала сомнительные
order-oldest = сначала старые

session-why = Почему? Нажмите в самом низу или просто идите дальше.
button-undo-last = ↩️ Отменить отклонение
button-previous = ◂
button-next = ▸
button-skip = Пропустить
button-confident = ✅ Одобрить { $n } выше 90 %
button-confirm-bulk = ✅ Одобрить { $n }
button-undo-bulk = ↩️ Отменить { $n }
button-read-new = { $n ->
    [one] 📖 { $n } непрочитанное: прочитать и решить
   *[other] 📖 { $n } непрочитанных: прочитать и решить
}
button-order = ⇅
