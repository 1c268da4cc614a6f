### Списки, состояние, настройки.

list-of-pending = { $n ->
    [0] ☕ Ничего не ждёт решения · { $project }
    [one] 🕓 <b>{ $n } ждёт решения</b> · { $project }
   *[other] 🕓 <b>{ $n } ждут решения</b> · { $project }
}
list-of-expired = { $n ->
    [0] 🧹 Ничего не снято · { $project }
   *[other] 🧹 <b>Снято: { $n }</b> · { $project }
}
list-expired-hint = Нажмите номер, чтобы вернуть.
list-proposal = { $sign } <b>{ $name }</b> { $title } · { $age }
button-list-expired = 🧹 Снятые
button-list-pending = 🕓 Ждут
withheld = { $n ->
    [one] { $n } запись из другого чата здесь не показана.
    [few] { $n } записи из других чатов здесь не показаны.
   *[other] { $n } записей из других чатов здесь не показаны.
}
withheld-open = { $n ->
    [one] Комната ревью покажет её, когда разрешит администратор того чата: /settings там.
   *[other] Комната ревью покажет их, когда разрешат администраторы их чатов: /settings там.
}
withheld-join = { $n ->
    [one] Её видят только участники того чата.
   *[other] Их видят только участники тех чатов.
}
list-runs = 🗂 <b>Запуски</b> · { $project }
list-runs-none = 🗂 Запусков ещё не было · { $project }. /extract читает новые сообщения.
list-run = { $status ->
    [pending] ⏳
    [running] ▶️
    [completed] 🕓
    [reviewed] ✅
    [failed] ⚠️
    [cancelled] ⏹
   *[closed] 🏁
} <b>{ $name }</b> { $stage ->
    [tasks] Поиск задач
   *[knowledge] Чтение сообщений
} { $at } · { $counts }
list-run-nothing = ничего не найдено
list-topics = 📁 <b>Разделы</b> · { $project }
list-topics-none = 📁 Разделов пока нет · { $project }. Они появятся с первыми оставленными заметками.
list-topic = { $n ->
    [one] { $icon } { $name } · { $n } заметка
    [few] { $icon } { $name } · { $n } заметки
   *[other] { $icon } { $name } · { $n } заметок
}

bundle-head = 🗞 С прошлого раза: { $n }
bundle-more = и ещё { $n } в /pending

status-head = 📊 <b>{ $project }</b>
status-idle = 💤 Открытых запусков нет.
status-run = { $status ->
    [pending] ⏳
    [running] ▶️
    [completed] 🕓
   *[reviewed] ✅
} <b>{ $name }</b> { $stage ->
    [tasks] Поиск задач
   *[knowledge] Чтение сообщений
}
status-notes = { $n ->
    [one] { $n } заметка
    [few] { $n } заметки
   *[other] { $n } заметок
}
status-proposals = { $n ->
    [one] { $n } задача
    [few] { $n } задачи
   *[other] { $n } задач
}
status-waiting = 🕓 Ждут решения: { $what }
status-no-waiting = ☕ Ничего не ждёт решения.
status-unread = { $n ->
    [0] 📖 Всё прочитано.
    [one] 📖 { $n } непрочитанное сообщение
    [few] 📖 { $n } непрочитанных сообщения
   *[other] 📖 { $n } непрочитанных сообщений
}
status-unstudied = { $n ->
    [one] 📚 { $n } новая заметка, в которой ещё не искали задачи
    [few] 📚 { $n } новые заметки, в которых ещё не искали задачи
   *[other] 📚 { $n } новых заметок, в которых ещё не искали задачи
}
status-tasks = { $n ->
    [0] 📋 Открытых задач нет
    [one] 📋 { $n } открытая задача
    [few] 📋 { $n } открытые задачи
   *[other] 📋 { $n } открытых задач
}
status-next = { $job ->
    [extract] ⏱ Дальше: чтение сообщений { $at }
    [analyse] ⏱ Дальше: поиск задач { $at }
   *[digest] ⏱ Дальше: дайджест { $at }
}
button-read = 📖 Прочитать новое

project-head = ⚙️ <b>{ $project }</b> · настройки { $version }
project-time = 🕐 Часовой пояс { $timezone }
project-reviewers = 👥 Ревьюеры: { $names }. Изменить: /reviewers
project-no-reviewers = 👥 Решают администраторы чата. Изменить: /reviewers
project-keywords = 🔑 Ключевые слова: { $words }
project-chat = { $use ->
    [both] 💬 { $title } (читаю, и там же решают)
    [review] 💬 { $title } (комната ревью)
   *[source] 💬 { $title } (читаю)
}
project-place = Ревьюеры решают:
place-direct = В личном чате
place-room = В комнате ревью
place-here = Здесь

button-open-chat = 🔓 Разрешить «{ $room }» читать этот чат
button-close-chat = 🔒 Запретить «{ $room }» читать этот чат
opening-may = 🔓 <b>Можно ли «{ $room }» читать сказанное в { $chat }?</b>
    Там решают ревьюеры. Пока администратор { $chat } не разрешит, найденное здесь там не показывается.
opening-is = 🔓 «{ $room }» может читать сказанное в { $chat }.

reviewers-head = 👥 <b>Кто решает</b> · { $project }
reviewers-hint = Нажмите имя или напишите /reviewers @{"\u2060"}имя. Только они одобряют, отклоняют и объединяют.

schedule-head = ⏱ <b>Само по себе</b> · { $project } · { $timezone }
schedule-job = { $job ->
    [extract] 📖 Чтение сообщений: { $rule }, дальше { $at }
    [analyse] 🔎 Поиск задач: { $rule }, дальше { $at }
   *[digest] 📬 Дайджест: { $rule }, дальше { $at }
}
rule-workdays = { $at } по рабочим дням
rule-daily = { $at } каждый день
schedule-off = { $job ->
    [extract] 📖 Чтение сообщений: только вручную
    [analyse] 🔎 Поиск задач: только вручную
   *[digest] 📬 Дайджест: выключен
}
schedule-paused = ⏸ Пауза: несколько дней никто ничего не решал. Продолжится с вашим следующим решением.
schedule-hint = Изменить: <code>/schedule extract 14:00</code>, <code>/schedule tasks off</code>, <code>/digest 09:00</code>
