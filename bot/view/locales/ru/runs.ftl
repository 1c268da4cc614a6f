### Запуски: оценка, ход, итог, закрытие, точность.

run-kept = 📚 Заметки оставлены.
run-is-pending = { $stage ->
    [tasks] ⏳ <b>Поиск задач</b> · { $project } · { $name }
   *[knowledge] ⏳ <b>Чтение сообщений</b> · { $project } · { $name }
}
run-is-running = { $stage ->
    [tasks] 🔎 <b>Ищу задачи</b> · { $project } · { $name }
   *[knowledge] 📖 <b>Читаю новые сообщения</b> · { $project } · { $name }
}
run-is-completed = { $stage ->
    [tasks] ✅ <b>Поиск задач закончен</b> · { $project } · { $name }
   *[knowledge] ✅ <b>Сообщения прочитаны</b> · { $project } · { $name }
}
run-is-reviewed = ✅ <b>Всё решено</b> · { $project } · { $name }
run-is-closed = 🏁 <b>{ $name } закрыт</b> · { $project }
run-is-failed = { $stage ->
    [tasks] ⚠️ <b>Поиск задач остановился на полпути</b> · { $project } · { $name }
   *[knowledge] ⚠️ <b>Чтение остановилось на полпути</b> · { $project } · { $name }
}
run-is-cancelled = ⏹ <b>{ $name } прерван</b> · { $project }
run-waits = Начну через мгновение.
run-bar = { $stage ->
    [tasks] { $bar } раздел { $done } из { $n }
   *[knowledge] { $bar } разговор { $done } из { $n }
}
run-so-far = { $stage ->
    [tasks] задач пока: { $n }
   *[knowledge] заметок пока: { $n }
}
run-eta = осталось около { $span }
run-saved = { $stage ->
    [tasks] готово и сохранено разделов: { $done } из { $n }
   *[knowledge] готово и сохранено разговоров: { $done } из { $n }
}
run-error = Что пошло не так: { $error }
run-read-messages = { $n ->
    [one] { $n } сообщение
    [few] { $n } сообщения
   *[other] { $n } сообщений
} в { $conversations ->
    [one] { $conversations } разговоре
   *[other] { $conversations } разговорах
}
run-left-out = болтовни не учтено: { $n }
run-read-notes = { $n ->
    [one] Прочитаны заметки { $n } раздела
   *[other] Прочитаны заметки { $n } разделов
}
run-found-nothing = { $stage ->
    [tasks] Ничто в них не требует задачи.
   *[knowledge] На этот раз ничего, что стоит оставить.
}
run-carried = на потом: { $n }
run-started = { $trigger ->
    [manual] Начато { $at }: { $by }.
    [scheduled] Начато { $at } по расписанию.
   *[threshold] Начато { $at }: накопилось достаточно сообщений.
}
tally-pending = ждут: { $n }
tally-approved = { $stage ->
    [knowledge] оставлено: { $n }
   *[tasks] одобрено: { $n }
}
tally-merged = объединено: { $n }
tally-rejected = { $stage ->
    [knowledge] убрано: { $n }
   *[tasks] отклонено: { $n }
}
tally-replaced = заменено: { $n }
tally-expired = снято: { $n }

run-close = { $n ->
    [0] 🏁 Закрыть <b>{ $name }</b>? Всё в нём решено.
    [one] 🏁 Закрыть <b>{ $name }</b>? { $n } ещё ждёт решения.
   *[other] 🏁 Закрыть <b>{ $name }</b>? { $n } ещё ждут решения.
}
run-close-hint = Оставленное на потом остаётся в /pending; снятое можно оттуда вернуть.
button-close-carry = 🕓 Закрыть, { $n } на потом
button-close-expire = 🧹 Закрыть, { $n } снять
button-close-keep = Не закрывать
button-close-now = 🏁 Закрыть

button-cancel-run = ✖️ Прервать
button-resume = 🔄 Продолжить
button-close-with = Закрыть с { $n }
button-review = ▶️ Решать
button-close = 🏁 Закрыть…
button-undo-keep = ↩️ Отменить оставление заметок
button-start = ▶️ Начать
button-not-now = Не сейчас

estimate-head = { $stage ->
    [tasks] 🔎 <b>Поиск задач</b> · { $project }
   *[knowledge] 📖 <b>Чтение сообщений</b> · { $project }
}
estimate-nothing = { $stage ->
    [tasks] С прошлого раза нет новых или изменённых заметок. Сначала прочитайте сообщения: /extract
   *[knowledge] Читать нечего.
}
estimate-messages = { $n ->
    [one] { $n } сообщение → после фильтра около { $kept } → разговоров: { $batches }
    [few] { $n } сообщения → после фильтра около { $kept } → разговоров: { $batches }
   *[other] { $n } сообщений → после фильтра около { $kept } → разговоров: { $batches }
}
estimate-notes = { $n ->
    [one] { $n } новая или изменённая заметка
    [few] { $n } новые или изменённые заметки
   *[other] { $n } новых или изменённых заметок
} в { $batches ->
    [one] { $batches } разделе
   *[other] { $batches } разделах
}
estimate-since = С { $at }
estimate-time = Займёт около { $span }
estimate-free = бесплатно
estimate-tokens = около { $n } токенов, цена неизвестна
estimate-cost = около { $n } токенов, ${ $usd }

blocked = { $n ->
    [0] ✋ <b>{ $name }</b> ещё не закрыт · { $project }
   *[other] ✋ <b>{ $name }</b> ещё не закрыт (ждут: { $n }) · { $project }
}
blocked-running = ✋ <b>{ $name }</b> ещё в работе · { $project }. Начните снова, когда закончится, или прервите: /cancel.
blocked-over = <b>{ $name }</b> больше не мешает.
button-close-and-start = { $n ->
    [0] 🏁 Закрыть { $name } и начать
   *[other] 🏁 Закрыть { $name }, { $n } на потом, начать
}

accuracy-none = Ничего не предложено.
accuracy-undecided = { $n ->
    [one] По { $n } предложению ничего не решили.
   *[other] Ни по одному из { $n } предложений ничего не решили.
}
accuracy-right = Верно { $right } из { $n } ({ $percent } %)
outcome-approved_unchanged = { $stage ->
    [knowledge] оставлено как было: { $n }
   *[tasks] одобрено как было: { $n }
}
outcome-approved_edited = с правкой: { $n }
outcome-rejected = { $stage ->
    [knowledge] убрано: { $n }
   *[tasks] отклонено: { $n }
}
outcome-merged = объединено: { $n }
outcome-replaced = заменено: { $n }
outcome-expired = снято: { $n }
outcome-carried = на потом: { $n }
accuracy-bands = Верно, когда моя уверенность: { $bands }
accuracy-band = { $band }: { $right } из { $n }
accuracy-speed = Половина решена за { $span }
accuracy-cost-unknown = Стоимость: неизвестна
accuracy-cost = Стоимость: ${ $usd }
accuracy-cost-each = Стоимость: ${ $usd }, по ${ $each } за одобренное
