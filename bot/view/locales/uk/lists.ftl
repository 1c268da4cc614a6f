### Списки, стан, налаштування.

list-of-pending = { $n ->
    [0] ☕ Ніщо не чекає рішення · { $project }
    [one] 🕓 <b>{ $n } чекає рішення</b> · { $project }
   *[other] 🕓 <b>{ $n } чекають рішення</b> · { $project }
}
list-of-expired = { $n ->
    [0] 🧹 Нічого не знято · { $project }
   *[other] 🧹 <b>Знято: { $n }</b> · { $project }
}
list-expired-hint = Натисніть номер, щоб повернути.
list-proposal = { $sign } <b>{ $name }</b> { $title } · { $age }
button-list-expired = 🧹 Зняті
button-list-pending = 🕓 Чекають
withheld = { $n ->
    [one] { $n } запис з іншого чату тут не показано.
    [few] { $n } записи з інших чатів тут не показано.
   *[other] { $n } записів з інших чатів тут не показано.
}
withheld-open = { $n ->
    [one] Кімната рев'ю покаже його, коли дозволить адміністратор того чату: /settings там.
   *[other] Кімната рев'ю покаже їх, коли дозволять адміністратори їхніх чатів: /settings там.
}
withheld-join = { $n ->
    [one] Його бачать лише учасники того чату.
   *[other] Їх бачать лише учасники тих чатів.
}
list-runs = 🗂 <b>Запуски</b> · { $project }
list-runs-none = 🗂 Запусків ще не було · { $project }. /extract читає нові повідомлення.
list-run = { $status ->
    [pending] ⏳
    [running] ▶️
    [completed] 🕓
    [reviewed] ✅
    [failed] ⚠️
    [cancelled] ⏹
   *[closed] 🏁
} <b>{ $name }</b> { $stage ->
    [tasks] Пошук задач
   *[knowledge] Читання повідомлень
} { $at } · { $counts }
list-run-nothing = нічого не знайдено
list-topics = 📁 <b>Розділи</b> · { $project }
list-topics-none = 📁 Розділів поки немає · { $project }. Вони з'являться з першими залишеними нотатками.
list-topic = { $n ->
    [one] { $icon } { $name } · { $n } нотатка
    [few] { $icon } { $name } · { $n } нотатки
   *[other] { $icon } { $name } · { $n } нотаток
}

bundle-head = 🗞 З минулого разу: { $n }
bundle-more = і ще { $n } в /pending

status-head = 📊 <b>{ $project }</b>
status-idle = 💤 Відкритих запусків немає.
status-run = { $status ->
    [pending] ⏳
    [running] ▶️
    [completed] 🕓
   *[reviewed] ✅
} <b>{ $name }</b> { $stage ->
    [tasks] Пошук задач
   *[knowledge] Читання повідомлень
}
status-notes = { $n ->
    [one] { $n } нотатка
    [few] { $n } нотатки
   *[other] { $n } нотаток
}
status-proposals = { $n ->
    [one] { $n } задача
    [few] { $n } задачі
   *[other] { $n } задач
}
status-waiting = 🕓 Чекають рішення: { $what }
status-no-waiting = ☕ Ніщо не чекає рішення.
status-unread = { $n ->
    [0] 📖 Усе прочитано.
    [one] 📖 { $n } непрочитане повідомлення
    [few] 📖 { $n } непрочитані повідомлення
   *[other] 📖 { $n } непрочитаних повідомлень
}
status-unstudied = { $n ->
    [one] 📚 { $n } нова нотатка, у якій ще не шукали задач
    [few] 📚 { $n } нові нотатки, у яких ще не шукали задач
   *[other] 📚 { $n } нових нотаток, у яких ще не шукали задач
}
status-tasks = { $n ->
    [0] 📋 Відкритих задач немає
    [one] 📋 { $n } відкрита задача
    [few] 📋 { $n } відкриті задачі
   *[other] 📋 { $n } відкритих задач
}
status-next = { $job ->
    [extract] ⏱ Далі: читання повідомлень { $at }
    [analyse] ⏱ Далі: пошук задач { $at }
   *[digest] ⏱ Далі: дайджест { $at }
}
button-read = 📖 Прочитати нове

project-head = ⚙️ <b>{ $project }</b> · налаштування { $version }
project-time = 🕐 Часовий пояс { $timezone }
project-reviewers = 👥 Рев'юери: { $names }. Змінити: /reviewers
project-no-reviewers = 👥 Вирішують адміністратори чату. Змінити: /reviewers
project-keywords = 🔑 Ключові слова: { $words }
project-chat = { $use ->
    [both] 💬 { $title } (читаю, і там же вирішують)
    [review] 💬 { $title } (кімната рев'ю)
   *[source] 💬 { $title } (читаю)
}
project-place = Рев'юери вирішують:
place-direct = В особистому чаті
place-room = У кімнаті рев'ю
place-here = Тут

button-open-chat = 🔓 Дозволити «{ $room }» читати цей чат
button-close-chat = 🔒 Заборонити «{ $room }» читати цей чат
opening-may = 🔓 <b>Чи можна «{ $room }» читати сказане в { $chat }?</b>
    Там вирішують рев'юери. Поки адміністратор { $chat } не дозволить, знайдене тут там не показується.
opening-is = 🔓 «{ $room }» може читати сказане в { $chat }.

reviewers-head = 👥 <b>Хто вирішує</b> · { $project }
reviewers-hint = Натисніть ім'я або напишіть /reviewers @{"\u2060"}ім'я. Лише вони схвалюють, відхиляють і об'єднують.

schedule-head = ⏱ <b>Само собою</b> · { $project } · { $timezone }
schedule-job = { $job ->
    [extract] 📖 Читання повідомлень: { $rule }, далі { $at }
    [analyse] 🔎 Пошук задач: { $rule }, далі { $at }
   *[digest] 📬 Дайджест: { $rule }, далі { $at }
}
rule-workdays = { $at } у робочі дні
rule-daily = { $at } щодня
schedule-off = { $job ->
    [extract] 📖 Читання повідомлень: лише вручну
    [analyse] 🔎 Пошук задач: лише вручну
   *[digest] 📬 Дайджест: вимкнено
}
schedule-paused = ⏸ Пауза: кілька днів ніхто нічого не вирішував. Продовжиться з вашим наступним рішенням.
schedule-hint = Змінити: <code>/schedule extract 14:00</code>, <code>/schedule tasks off</code>, <code>/digest 09:00</code>
