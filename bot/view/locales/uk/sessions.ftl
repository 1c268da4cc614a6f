### Сеанс рішень.

session-at = <b>{ $position }/{ $total } ▸</b>
session-unread = { $n ->
    [one] 📖 { $n } непрочитане повідомлення
    [few] 📖 { $n } непрочитані повідомлення
   *[other] 📖 { $n } непрочитаних повідомлень
}
session-done = 🎉 Готово: вирішено { $n }, більше ніщо не чекає.
session-nothing = ☕ Ніщо не чекає рішення.
session-skipped = Пропущено: { $n }; це лишається в /pending.
session-bulk = { $n ->
    [one] ✅ Схвалити { $n } одразу?
   *[other] ✅ Схвалити ці { $n } одразу?
}
session-bulk-line = { $name } { $title } · { $percent } %
session-bulk-done = ✅ Схвалено одразу: { $n }.
order-confident = спочатку певні
order-uncertain = спочатку сумнівні
order-oldest = спочатку старі

session-why = Чому? Натисніть у самому низу або просто йдіть далі.
button-undo-last = ↩️ Скасувати відхилення
button-previous = ◂
button-next = ▸
button-skip = Пропустити
button-confident = ✅ Схвалити { $n } понад 90 %
button-confirm-bulk = ✅ Схвалити { $n }
button-undo-bulk = ↩️ Скасувати { $n }
button-read-new = { $n ->
    [one] 📖 { $n } непрочитане: прочитати й вирішити
   *[other] 📖 { $n } непрочитаних: прочитати й вирішити
}
button-order = ⇅
