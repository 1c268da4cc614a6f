### Картка пропозиції, її панелі, рядок після рішення; і що спільне з нею в задач.

subject = Розділ
card-by-hand = ✍️ вручну
card-owner = 👤 { $name }
card-owner-asked = 👤 { $name }? (просили)
card-owner-none = 👤 поки ніхто
card-due = 📅 { $day }
card-due-said = 📅 { $day }, «{ $phrase }»
card-due-none = 📅 без терміну
card-done-when = 🏁 Готово, коли { $text }
card-steps = { $n ->
    [one] ▫️ { $n } крок: { $steps }
    [few] ▫️ { $n } кроки: { $steps }
   *[other] ▫️ { $n } кроків: { $steps }
}
card-replaces = 🔄 Замість «{ $title }»
card-quote = ❝ { $author } { $at }: «{ $text }»
card-why = Чому: { $text }
card-similar = { $type ->
    [exact_messages] ≈ { $name } «{ $title }» (ті самі повідомлення)
   *[other] ≈ { $name } «{ $title }» (схоже)
}
card-duplicate = 🔁 Схоже на { $name } ({ $percent } %): «{ $title }»
card-gain = { $name } отримає: { $gain }
card-gain-nothing = У { $name } усе це вже є.
card-rejected-before = { $n ->
    [one] ↪️ Відхилено { $day }; відтоді { $n } нове повідомлення
    [few] ↪️ Відхилено { $day }; відтоді { $n } нові повідомлення
   *[other] ↪️ Відхилено { $day }; відтоді { $n } нових повідомлень
}
card-rejected-before-as = { $n ->
    [one] ↪️ Відхилено { $day }: { $reason }; відтоді { $n } нове повідомлення
    [few] ↪️ Відхилено { $day }: { $reason }; відтоді { $n } нові повідомлення
   *[other] ↪️ Відхилено { $day }: { $reason }; відтоді { $n } нових повідомлень
}

gain-messages = { $n ->
    [one] { $n } повідомлення
    [few] { $n } повідомлення
   *[other] { $n } повідомлень
}
gain-priority = пріоритет → { $priority }
gain-tags = { $n ->
    [one] мітку { $tags }
   *[other] мітки { $tags }
}
gain-text = «{ $text }»

button-approve = ✅ Схвалити
button-keep = ✅ Залишити
button-reject = ✖️ Відхилити
button-drop = ✖️ Прибрати
button-edit = ✏️ Змінити
button-merge = 🔀 Об'єднати…
button-merge-into = 🔀 Об'єднати з { $name }
button-separate = 🆕 Лишити окремо
button-later = ⏰ Пізніше
button-more = ⋯
button-back = ◂ Назад
button-undo = ↩️ Скасувати
button-candidate = { $name } · { $percent } % · { $title }
button-confirm-merge = ✅ Об'єднати з { $name }
button-sources = { $n ->
    [0] Джерела
   *[other] Джерела ({ $n })
}
button-show = Показати в чаті
button-history = Історія
button-edit-owner = 👤 Виконавець
button-edit-due = 📅 Термін
button-edit-priority = ❗ Пріоритет
button-edit-category = 🏷 Категорія

panel-later = ⏰ Показати знову…
later-hour = За годину
later-tomorrow = Завтра о 9:00
later-week = Наступного тижня
later-off = ⏰ Повернути зараз

panel-merge = 🔀 { $name } { $title }
panel-merge-found = На запит «{ $query }»:
panel-merge-hint = З чим об'єднати? Поки не підтвердите, нічого не зміниться.
    Немає потрібного? Дайте відповідь на це повідомлення словом із назви.
panel-merge-none = Нічого схожого тут немає.
    Дайте відповідь на це повідомлення словом із назви, щоб знайти.
panel-preview = 🔀 Об'єднати { $name } { $title }
panel-preview-into = з <b>{ $name }</b> «{ $title }», куди додасться:

panel-more-sure = Моя певність: { $word } ({ $percent } %).
panel-more-by-hand = Записано вручну { $day }.
sure-1 = здогад
sure-2 = не дуже певно
sure-3 = досить певно
sure-4 = дуже певно
panel-sources = { $n ->
    [one] <b>{ $name }</b> тримається на { $n } повідомленні
   *[other] <b>{ $name }</b> тримається на { $n } повідомленнях
}
panel-sources-none = Жодного повідомлення для цього не збережено.
quotation = ☝️ { $author } { $at }, для { $name }{ $more ->
    [0] {""}
    [one] . Ще { $more } повідомлення — у джерелах.
    [few] . Ще { $more } повідомлення — у джерелах.
   *[other] . Ще { $more } повідомлень — у джерелах.
}
quotation-without = ☝️ Для { $name }. Саме повідомлення показати тут не можу.
panel-history = <b>{ $name }</b>: що відбувалося
panel-history-none = Поки нічого не змінювалося.
more-left = і ще { $n }

change = { $what ->
    [proposed] { $at } знайдено: { $by }
    [captured] { $at } записано: { $by }
    [approved] { $at } схвалено: { $by }
    [rejected] { $at } відхилено: { $by }
    [merged] { $at } об'єднано: { $by }
    [expired] { $at } знято
    [undone] { $at } рішення скасовано: { $by }
    [restored] { $at } повернено: { $by }
    [withdrawn] { $at } частина повідомлень зникла
    [unmerged] { $at } { $by }: об'єднання скасовано
    [replaced] { $at } { $by }: замінено іншим
    [split-off] { $at } { $by }: поставлено замість іншого
    [edited] { $at } змінено: { $by }
    [explained] { $at } зазначено причину: { $by }
    [snoozed] { $at } відкладено: { $by }
    [woken] { $at } показано знову
    [carried] { $at } лишено на потім
    [assigned] { $at } змінено виконавця: { $by }
    [due] { $at } змінено термін: { $by }
    [moved] { $at } змінено статус: { $by }
    [joined] { $at } став частиною іншого розділу: { $by }
    [archived] { $at } відправлено до архіву: { $by }
    [renamed] { $at } перейменовано: { $by }
    [commented] { $at } коментар: { $by }
    [declined] { $at } { $by }: не робитиме
    [ticked] { $at } позначено крок: { $by }
    [step-added] { $at } додано крок: { $by }
   *[other] { $at } { $by }: { $what }
}
change-field = { $field } { $was } → { $now }
change-field-new = { $field } → { $now }

panel-priority = ❗ Наскільки терміново?
panel-category = 🏷 Що це за робота?
panel-due = 📅 До якого терміну?
panel-owner = 👤 Хто робить?
due-today = Сьогодні
due-tomorrow = Завтра
due-friday = П'ятниця
due-week = Наступного тижня
due-none = Без терміну
owner-nobody = Поки ніхто

settled-as-approved = { $kind ->
    [note] ✅ { $title }{ $arrow } · залишено: { $by } { $at }
   *[task] ✅ { $title }{ $arrow } · схвалено: { $by } { $at }
}
settled-approved-by-itself = { $kind ->
    [note] ✅ { $title }{ $arrow } · залишено автоматично { $at }
   *[task] ✅ { $title }{ $arrow } · схвалено автоматично { $at }
}
settled-as-rejected = { $kind ->
    [note] ✖️ { $title } · прибрано: { $by } { $at }
   *[task] ✖️ { $title } · відхилено: { $by } { $at }
}
settled-as-merged = 🔀 { $title }{ $arrow } · об'єднано: { $by } { $at }
settled-as-replaced = 🔄 { $title }{ $arrow } · замінено { $at }
settled-as-expired = 🧹 { $title } · знято { $at }
settled-unknown = { $title } · { $name }: вирішено
settled-snoozed = ⏰ { $title } · повернеться { $at } · { $name }
settled-result = {" "}→ { $result }
settled-reason = {" "}({ $reason })
settled-note = {" "}(«{ $note }»)
settled-edited = {" "}(з правкою)
panel-reason-reply = Дайте відповідь на це повідомлення причиною своїми словами.

reason-not_a_task = Не задача
reason-duplicate = Повтор
reason-already_done = Уже зроблено
reason-not_ours = Не наше
reason-too_vague = Надто розпливчасто
reason-other = Інше…
reason-word-not_a_task = не задача
reason-word-duplicate = повтор
reason-word-already_done = уже зроблено
reason-word-not_ours = не наше
reason-word-too_vague = надто розпливчасто
reason-word-other = інша причина
reason-word-age = надто довго чекало
reason-word-no_evidence_left = повідомлень більше немає
reason-word-closed = запуск закрито
