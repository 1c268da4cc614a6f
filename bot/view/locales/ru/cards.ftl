### Карточка предложения, её панели, строка после решения; и что с ней общего у задач.

subject = Раздел
card-by-hand = ✍️ вручную
card-owner = 👤 { $name }
card-owner-asked = 👤 { $name }? (просили)
card-owner-none = 👤 пока никто
card-due = 📅 { $day }
card-due-said = 📅 { $day }, «{ $phrase }»
card-due-none = 📅 без срока
card-done-when = 🏁 Готово, когда { $text }
card-steps = { $n ->
    [one] ▫️ { $n } шаг: { $steps }
    [few] ▫️ { $n } шага: { $steps }
   *[other] ▫️ { $n } шагов: { $steps }
}
card-replaces = 🔄 Вместо «{ $title }»
card-quote = ❝ { $author } { $at }: «{ $text }»
card-why = Почему: { $text }
card-similar = { $type ->
    [exact_messages] ≈ { $name } «{ $title }» (те же сообщения)
   *[other] ≈ { $name } «{ $title }» (похоже)
}
card-duplicate = 🔁 Похоже на { $name } ({ $percent } %): «{ $title }»
card-gain = { $name } получит: { $gain }
card-gain-nothing = В { $name } всё это уже есть.
card-rejected-before = { $n ->
    [one] ↪️ Отклонено { $day }; с тех пор { $n } новое сообщение
    [few] ↪️ Отклонено { $day }; с тех пор { $n } новых сообщения
   *[other] ↪️ Отклонено { $day }; с тех пор { $n } новых сообщений
}
card-rejected-before-as = { $n ->
    [one] ↪️ Отклонено { $day }: { $reason }; с тех пор { $n } новое сообщение
    [few] ↪️ Отклонено { $day }: { $reason }; с тех пор { $n } новых сообщения
   *[other] ↪️ Отклонено { $day }: { $reason }; с тех пор { $n } новых сообщений
}

gain-messages = { $n ->
    [one] { $n } сообщение
    [few] { $n } сообщения
   *[other] { $n } сообщений
}
gain-priority = приоритет → { $priority }
gain-tags = { $n ->
    [one] метку { $tags }
   *[other] метки { $tags }
}
gain-text = «{ $text }»

button-approve = ✅ Одобрить
button-keep = ✅ Оставить
button-reject = ✖️ Отклонить
button-drop = ✖️ Убрать
button-edit = ✏️ Изменить
button-merge = 🔀 Объединить…
button-merge-into = 🔀 Объединить с { $name }
button-separate = 🆕 Оставить отдельно
button-later = ⏰ Позже
button-more = ⋯
button-back = ◂ Назад
button-undo = ↩️ Отменить
button-candidate = { $name } · { $percent } % · { $title }
button-confirm-merge = ✅ Объединить с { $name }
button-sources = { $n ->
    [0] Источники
   *[other] Источники ({ $n })
}
button-show = Показать в чате
button-history = История
button-edit-owner = 👤 Исполнитель
button-edit-due = 📅 Срок
button-edit-priority = ❗ Приоритет
button-edit-category = 🏷 Категория

panel-later = ⏰ Показать снова…
later-hour = Через час
later-tomorrow = Завтра в 9:00
later-week = На той неделе
later-off = ⏰ Вернуть сейчас

panel-merge = 🔀 { $name } { $title }
panel-merge-found = По запросу «{ $query }»:
panel-merge-hint = С чем объединить? Пока не подтвердите, ничего не изменится.
    Нет нужного? Ответьте на это сообщение словом из названия.
panel-merge-none = Ничего похожего здесь нет.
    Ответьте на это сообщение словом из названия, чтобы найти.
panel-preview = 🔀 Объединить { $name } { $title }
panel-preview-into = с <b>{ $name }</b> «{ $title }», куда добавится:

panel-more-sure = Моя уверенность: { $word } ({ $percent } %).
panel-more-by-hand = Записано вручную { $day }.
sure-1 = догадка
sure-2 = не очень уверенно
sure-3 = довольно уверенно
sure-4 = очень уверенно
panel-sources = { $n ->
    [one] <b>{ $name }</b> держится на { $n } сообщении
   *[other] <b>{ $name }</b> держится на { $n } сообщениях
}
panel-sources-none = Ни одного сообщения для этого не сохранено.
quotation = ☝️ { $author } { $at }, для { $name }{ $more ->
    [0] {""}
    [one] . Ещё { $more } сообщение — в источниках.
    [few] . Ещё { $more } сообщения — в источниках.
   *[other] . Ещё { $more } сообщений — в источниках.
}
quotation-without = ☝️ Для { $name }. Само сообщение показать здесь не могу.
panel-history = <b>{ $name }</b>: что происходило
panel-history-none = Пока ничего не менялось.
more-left = и ещё { $n }

change = { $what ->
    [proposed] { $at } найдено: { $by }
    [captured] { $at } записано: { $by }
    [approved] { $at } одобрено: { $by }
    [rejected] { $at } отклонено: { $by }
    [merged] { $at } объединено: { $by }
    [expired] { $at } снято
    [undone] { $at } решение отменено: { $by }
    [restored] { $at } возвращено: { $by }
    [withdrawn] { $at } часть сообщений исчезла
    [unmerged] { $at } { $by }: объединение отменено
    [replaced] { $at } { $by }: заменено другим
    [split-off] { $at } { $by }: поставлено вместо другого
    [edited] { $at } изменено: { $by }
    [explained] { $at } указана причина: { $by }
    [snoozed] { $at } отложено: { $by }
    [woken] { $at } показано снова
    [carried] { $at } оставлено на потом
    [assigned] { $at } сменён исполнитель: { $by }
    [due] { $at } изменён срок: { $by }
    [moved] { $at } изменён статус: { $by }
    [joined] { $at } стал частью другого раздела: { $by }
    [archived] { $at } отправлен в архив: { $by }
    [renamed] { $at } переименован: { $by }
    [commented] { $at } комментарий: { $by }
    [declined] { $at } { $by }: делать не будет
    [ticked] { $at } отмечен шаг: { $by }
    [step-added] { $at } добавлен шаг: { $by }
   *[other] { $at } { $by }: { $what }
}
change-field = { $field } { $was } → { $now }
change-field-new = { $field } → { $now }

panel-priority = ❗ Насколько срочно?
panel-category = 🏷 Что это за работа?
panel-due = 📅 К какому сроку?
panel-owner = 👤 Кто делает?
due-today = Сегодня
due-tomorrow = Завтра
due-friday = Пятница
due-week = На той неделе
due-none = Без срока
owner-nobody = Пока никто

settled-as-approved = { $kind ->
    [note] ✅ { $title }{ $arrow } · оставлено: { $by } { $at }
   *[task] ✅ { $title }{ $arrow } · одобрено: { $by } { $at }
}
settled-approved-by-itself = { $kind ->
    [note] ✅ { $title }{ $arrow } · оставлено автоматически { $at }
   *[task] ✅ { $title }{ $arrow } · одобрено автоматически { $at }
}
settled-as-rejected = { $kind ->
    [note] ✖️ { $title } · убрано: { $by } { $at }
   *[task] ✖️ { $title } · отклонено: { $by } { $at }
}
settled-as-merged = 🔀 { $title }{ $arrow } · объединено: { $by } { $at }
settled-as-replaced = 🔄 { $title }{ $arrow } · заменено { $at }
settled-as-expired = 🧹 { $title } · снято { $at }
settled-unknown = { $title } · { $name }: решено
settled-snoozed = ⏰ { $title } · вернётся { $at } · { $name }
settled-result = {" "}→ { $result }
settled-reason = {" "}({ $reason })
settled-note = {" "}(«{ $note }»)
settled-edited = {" "}(с правкой)
panel-reason-reply = Ответьте на это сообщение причиной своими словами.

reason-not_a_task = Не задача
reason-duplicate = Повтор
reason-already_done = Уже сделано
reason-not_ours = Не наше
reason-too_vague = Слишком расплывчато
reason-other = Другое…
reason-word-not_a_task = не задача
reason-word-duplicate = повтор
reason-word-already_done = уже сделано
reason-word-not_ours = не наше
reason-word-too_vague = слишком расплывчато
reason-word-other = другая причина
reason-word-age = слишком долго ждало
reason-word-no_evidence_left = сообщений больше нет
reason-word-closed = запуск закрыт
