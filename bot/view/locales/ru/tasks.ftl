### Задачи и дайджест.

task-merged = { $n ->
    [one] 🔀 Влито { $n } предложение
    [few] 🔀 Влито { $n } предложения
   *[other] 🔀 Влито { $n } предложений
}
button-task-open = ⏸ Ещё нет
button-task-reopen = ↩️ Открыть снова
button-task-in_progress = ▶️ Начать работу
button-task-done = ✅ Сделано
button-task-dropped = 🗑 Снять задачу
button-take = 🙋 Беру

task-list-open = { $n ->
    [one] 📋 <b>{ $n } открытая задача</b> · { $project }
    [few] 📋 <b>{ $n } открытые задачи</b> · { $project }
   *[other] 📋 <b>{ $n } открытых задач</b> · { $project }
}
task-list-mine = { $n ->
    [one] 📋 <b>{ $n } ваша задача</b> · { $project }
    [few] 📋 <b>{ $n } ваши задачи</b> · { $project }
   *[other] 📋 <b>{ $n } ваших задач</b> · { $project }
}
task-list-overdue = { $n ->
    [one] ⏰ <b>{ $n } просроченная задача</b> · { $project }
    [few] ⏰ <b>{ $n } просроченные задачи</b> · { $project }
   *[other] ⏰ <b>{ $n } просроченных задач</b> · { $project }
}
task-list-unowned = { $n ->
    [one] 🙋 <b>{ $n } задача ни за кем</b> · { $project }
    [few] 🙋 <b>{ $n } задачи ни за кем</b> · { $project }
   *[other] 🙋 <b>{ $n } задач ни за кем</b> · { $project }
}
task-list-none-unowned = ☕ У каждой открытой задачи кто-то есть · { $project }
task-list-none-open = 📋 Открытых задач нет · { $project }
task-list-none-mine = 📋 Ваших открытых задач нет · { $project }
task-list-none-overdue = ☕ Ничего не просрочено · { $project }
tasks-line = { $sign } { $name } { $title }, { $facts }
nobody-yet = пока никто
asked = { $name }? (просили)
filter-open = Открытые
filter-mine = Мои
filter-unowned = Ничьи
filter-overdue = Просроченные

digest-head = 📬 <b>{ $project } · { $day }</b>
digest-read = { $n ->
    [one] { $n } сообщение
    [few] { $n } сообщения
   *[other] { $n } сообщений
}, { $conversations ->
    [one] { $conversations } разговор
    [few] { $conversations } разговора
   *[other] { $conversations } разговоров
}
digest-sentence = 💬 { $text }
digest-decided = ✅ <b>Решили</b>
digest-tasks = 🆕 <b>Задачи</b>
digest-open = ❓ <b>Открыто</b>
digest-age = {" "}({ $span })
digest-task = { $name } { $title }, { $facts }{ $arrow }
digest-more = ещё { $n }
digest-quiet = Ничего не решили, новых задач и вопросов нет.
digest-waiting = { $n ->
    [one] 🕓 <b>Ждёт</b> { $n } предложение
    [few] 🕓 <b>Ждут</b> { $n } предложения
   *[other] 🕓 <b>Ждут</b> { $n } предложений
}
digest-waiting-since = { $n ->
    [one] 🕓 <b>Ждёт</b> { $n } предложение, уже { $span }
    [few] 🕓 <b>Ждут</b> { $n } предложения, старейшее { $span }
   *[other] 🕓 <b>Ждут</b> { $n } предложений, старейшее { $span }
}
digest-left-out = 🧹 <b>Не вошло</b> { $what }
digest-small-talk = болтовня: { $n }
digest-known = уже известно: { $n }
digest-rejected = отклонено раньше: { $n }
digest-unsure = слишком неуверенно: { $n }
button-review-now = ▶️ Решить сейчас
button-thumbs-up = 👍
button-thumbs-down = 👎
button-pause-week = 🔕 Пауза на неделю
button-share = 📣 И в группу
task-said = 💬 { $status ->
    [done] Кто-то пишет, что это сделано.
    [dropped] Кто-то пишет, что это больше не нужно.
   *[other] Кто-то пишет, что занимается этим.
} Это так?
button-not-yet = Ещё нет
