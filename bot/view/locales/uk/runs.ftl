### Запуски: оцінка, хід, підсумок, закриття, точність.

run-kept = 📚 Нотатки залишено.
run-is-pending = { $stage ->
    [tasks] ⏳ <b>Пошук задач</b> · { $project } · { $name }
   *[knowledge] ⏳ <b>Читання повідомлень</b> · { $project } · { $name }
}
run-is-running = { $stage ->
    [tasks] 🔎 <b>Шукаю задачі</b> · { $project } · { $name }
   *[knowledge] 📖 <b>Читаю нові повідомлення</b> · { $project } · { $name }
}
run-is-completed = { $stage ->
    [tasks] ✅ <b>Пошук задач завершено</b> · { $project } · { $name }
   *[knowledge] ✅ <b>Повідомлення прочитано</b> · { $project } · { $name }
}
run-is-reviewed = ✅ <b>Усе вирішено</b> · { $project } · { $name }
run-is-closed = 🏁 <b>{ $name } закрито</b> · { $project }
run-is-failed = { $stage ->
    [tasks] ⚠️ <b>Пошук задач зупинився на півдорозі</b> · { $project } · { $name }
   *[knowledge] ⚠️ <b>Читання зупинилося на півдорозі</b> · { $project } · { $name }
}
run-is-cancelled = ⏹ <b>{ $name } перервано</b> · { $project }
run-waits = Почну за мить.
run-bar = { $stage ->
    [tasks] { $bar } розділ { $done } з { $n }
   *[knowledge] { $bar } розмова { $done } з { $n }
}
run-so-far = { $stage ->
    [tasks] задач поки: { $n }
   *[knowledge] нотаток поки: { $n }
}
run-eta = лишилося близько { $span }
run-saved = { $stage ->
    [tasks] готово і збережено розділів: { $done } з { $n }
   *[knowledge] готово і збережено розмов: { $done } з { $n }
}
run-error = Що пішло не так: { $error }
run-read-messages = { $n ->
    [one] { $n } повідомлення
    [few] { $n } повідомлення
   *[other] { $n } повідомлень
} у { $conversations ->
    [one] { $conversations } розмові
   *[other] { $conversations } розмовах
}
run-left-out = балачок не враховано: { $n }
run-read-notes = { $n ->
    [one] Прочитано нотатки { $n } розділу
   *[other] Прочитано нотатки { $n } розділів
}
run-found-nothing = { $stage ->
    [tasks] Ніщо в них не потребує задачі.
   *[knowledge] Цього разу нічого, що варто залишити.
}
run-carried = на потім: { $n }
run-started = { $trigger ->
    [manual] Розпочато { $at }: { $by }.
    [scheduled] Розпочато { $at } за розкладом.
   *[threshold] Розпочато { $at }: назбиралося досить повідомлень.
}
tally-pending = чекають: { $n }
tally-approved = { $stage ->
    [knowledge] залишено: { $n }
   *[tasks] схвалено: { $n }
}
tally-merged = об'єднано: { $n }
tally-rejected = { $stage ->
    [knowledge] прибрано: { $n }
   *[tasks] відхилено: { $n }
}
tally-replaced = замінено: { $n }
tally-expired = знято: { $n }

run-close = { $n ->
    [0] 🏁 Закрити <b>{ $name }</b>? Усе в ньому вирішено.
    [one] 🏁 Закрити <b>{ $name }</b>? { $n } ще чекає рішення.
   *[other] 🏁 Закрити <b>{ $name }</b>? { $n } ще чекають рішення.
}
run-close-hint = Лишене на потім залишається в /pending; зняте можна звідти повернути.
button-close-carry = 🕓 Закрити, { $n } на потім
button-close-expire = 🧹 Закрити, { $n } зняти
button-close-keep = Не закривати
button-close-now = 🏁 Закрити

button-cancel-run = ✖️ Перервати
button-resume = 🔄 Продовжити
button-close-with = Закрити з { $n }
button-review = ▶️ Вирішувати
button-close = 🏁 Закрити…
button-undo-keep = ↩️ Скасувати залишення нотаток
button-start = ▶️ Почати
button-not-now = Не зараз

estimate-head = { $stage ->
    [tasks] 🔎 <b>Пошук задач</b> · { $project }
   *[knowledge] 📖 <b>Читання повідомлень</b> · { $project }
}
estimate-nothing = { $stage ->
    [tasks] З минулого разу немає нових чи змінених нотаток. Спочатку прочитайте повідомлення: /extract
   *[knowledge] Читати нічого.
}
estimate-messages = { $n ->
    [one] { $n } повідомлення → після фільтра близько { $kept } → розмов: { $batches }
    [few] { $n } повідомлення → після фільтра близько { $kept } → розмов: { $batches }
   *[other] { $n } повідомлень → після фільтра близько { $kept } → розмов: { $batches }
}
estimate-notes = { $n ->
    [one] { $n } нова чи змінена нотатка
    [few] { $n } нові чи змінені нотатки
   *[other] { $n } нових чи змінених нотаток
} у { $batches ->
    [one] { $batches } розділі
   *[other] { $batches } розділах
}
estimate-since = Від { $at }
estimate-time = Займе близько { $span }
estimate-free = безкоштовно
estimate-tokens = близько { $n } токенів, ціна невідома
estimate-cost = близько { $n } токенів, ${ $usd }

blocked = { $n ->
    [0] ✋ <b>{ $name }</b> ще не закрито · { $project }
   *[other] ✋ <b>{ $name }</b> ще не закрито (чекають: { $n }) · { $project }
}
blocked-running = ✋ <b>{ $name }</b> ще в роботі · { $project }. Почніть знову, коли завершиться, або перервіть: /cancel.
blocked-over = <b>{ $name }</b> більше не заважає.
button-close-and-start = { $n ->
    [0] 🏁 Закрити { $name } і почати
   *[other] 🏁 Закрити { $name }, { $n } на потім, почати
}

accuracy-none = Нічого не запропоновано.
accuracy-undecided = { $n ->
    [one] Щодо { $n } пропозиції нічого не вирішили.
   *[other] Щодо жодної з { $n } пропозицій нічого не вирішили.
}
accuracy-right = Правильно { $right } з { $n } ({ $percent } %)
outcome-approved_unchanged = { $stage ->
    [knowledge] залишено як було: { $n }
   *[tasks] схвалено як було: { $n }
}
outcome-approved_edited = з правкою: { $n }
outcome-rejected = { $stage ->
    [knowledge] прибрано: { $n }
   *[tasks] відхилено: { $n }
}
outcome-merged = об'єднано: { $n }
outcome-replaced = замінено: { $n }
outcome-expired = знято: { $n }
outcome-carried = на потім: { $n }
accuracy-bands = Правильно, коли моя певність: { $bands }
accuracy-band = { $band }: { $right } з { $n }
accuracy-speed = Половину вирішено за { $span }
accuracy-cost-unknown = Вартість: невідома
accuracy-cost = Вартість: ${ $usd }
accuracy-cost-each = Вартість: ${ $usd }, по ${ $each } за схвалене
