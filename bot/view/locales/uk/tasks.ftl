### Задачі та дайджест.

task-merged = { $n ->
    [one] 🔀 Влито { $n } пропозицію
    [few] 🔀 Влито { $n } пропозиції
   *[other] 🔀 Влито { $n } пропозицій
}
button-task-open = ⏸ Ще ні
button-task-reopen = ↩️ Відкрити знову
button-task-in_progress = ▶️ Почати роботу
button-task-done = ✅ Зроблено
button-task-dropped = 🗑 Зняти задачу
button-take = 🙋 Беру

task-list-open = { $n ->
    [one] 📋 <b>{ $n } відкрита задача</b> · { $project }
    [few] 📋 <b>{ $n } відкриті задачі</b> · { $project }
   *[other] 📋 <b>{ $n } відкритих задач</b> · { $project }
}
task-list-mine = { $n ->
    [one] 📋 <b>{ $n } ваша задача</b> · { $project }
    [few] 📋 <b>{ $n } ваші задачі</b> · { $project }
   *[other] 📋 <b>{ $n } ваших задач</b> · { $project }
}
task-list-overdue = { $n ->
    [one] ⏰ <b>{ $n } прострочена задача</b> · { $project }
    [few] ⏰ <b>{ $n } прострочені задачі</b> · { $project }
   *[other] ⏰ <b>{ $n } прострочених задач</b> · { $project }
}
task-list-unowned = { $n ->
    [one] 🙋 <b>{ $n } задача ні за ким</b> · { $project }
    [few] 🙋 <b>{ $n } задачі ні за ким</b> · { $project }
   *[other] 🙋 <b>{ $n } задач ні за ким</b> · { $project }
}
task-list-none-unowned = ☕ Кожна відкрита задача комусь належить · { $project }
task-list-none-open = 📋 Відкритих задач немає · { $project }
task-list-none-mine = 📋 Ваших відкритих задач немає · { $project }
task-list-none-overdue = ☕ Нічого не прострочено · { $project }
tasks-line = { $sign } { $name } { $title }, { $facts }
nobody-yet = поки ніхто
asked = { $name }? (просили)
filter-open = Відкриті
filter-mine = Мої
filter-unowned = Нічиї
filter-overdue = Прострочені

digest-head = 📬 <b>{ $project } · { $day }</b>
digest-read = { $n ->
    [one] { $n } повідомлення
    [few] { $n } повідомлення
   *[other] { $n } повідомлень
}, { $conversations ->
    [one] { $conversations } розмова
    [few] { $conversations } розмови
   *[other] { $conversations } розмов
}
digest-sentence = 💬 { $text }
digest-decided = ✅ <b>Вирішили</b>
digest-tasks = 🆕 <b>Задачі</b>
digest-open = ❓ <b>Відкрито</b>
digest-age = {" "}({ $span })
digest-task = { $name } { $title }, { $facts }{ $arrow }
digest-more = ще { $n }
digest-quiet = Нічого не вирішили, нових задач і питань немає.
digest-waiting = { $n ->
    [one] 🕓 <b>Чекає</b> { $n } пропозиція
    [few] 🕓 <b>Чекають</b> { $n } пропозиції
   *[other] 🕓 <b>Чекають</b> { $n } пропозицій
}
digest-waiting-since = { $n ->
    [one] 🕓 <b>Чекає</b> { $n } пропозиція, уже { $span }
    [few] 🕓 <b>Чекають</b> { $n } пропозиції, найдавніша { $span }
   *[other] 🕓 <b>Чекають</b> { $n } пропозицій, найдавніша { $span }
}
digest-left-out = 🧹 <b>Не ввійшло</b> { $what }
digest-small-talk = балачки: { $n }
digest-known = уже відомо: { $n }
digest-rejected = відхилено раніше: { $n }
digest-unsure = надто непевно: { $n }
button-review-now = ▶️ Вирішити зараз
button-thumbs-up = 👍
button-thumbs-down = 👎
button-pause-week = 🔕 Пауза на тиждень
button-share = 📣 І в групу
task-said = 💬 { $status ->
    [done] Хтось пише, що це зроблено.
    [dropped] Хтось пише, що це вже не потрібно.
   *[other] Хтось пише, що займається цим.
} Це так?
button-not-yet = Ще ні
