### Предложения: ответы на команды и то немногое, что говорится без спроса.

notice-refused = { $text }
notice-stranger-refused = Я работаю только для одной команды и ничего из написанного вами не храню.
notice-group-refused = Мой владелец меня сюда не приглашал, поэтому я ничего не сохраняю и ухожу.
notice-owner-claimed = 🔑 Теперь этот бот ваш. Добавьте его в группу команды: { $link }
notice-owner-claim-taken = Этой ссылкой уже воспользовались. У бота есть владелец.
notice-welcome-direct = 👋 Здесь я показываю, что ждёт решения. /review открывает, /help расскажет остальное.
notice-welcome-owner = 👋 Добавьте меня в группу команды одним нажатием: { $link }
notice-add-to-group = Добавьте меня в группу одним нажатием: { $link }
notice-lost-payload = Пока не знаю, для чего этот чат. Администратор может выбрать: /setup.
notice-project-created = 🆕 Проект <b>{ $project }</b> создан.
notice-read-here = 👀 Теперь я здесь читаю.
notice-see-above = ☝️ Пришло дважды. Смотрите выше.
notice-see-below = 👇 Пришло дважды. Смотрите ниже.
notice-undone = ↩️ Отменено: { $what }
notice-undone-standing = ↩️ Отменено: { $what }. Осталось то, на чём держится дальнейшее: { $standing }
notice-ignored = 🙈 Не учитываю. Этим сообщением пользоваться не буду.
notice-capture-needs-text = Ответьте /{ $command } на сообщение или напишите, о чём речь: <code>/{ $command } вход не работает на iOS</code>
notice-forwarded-kept = 📥 { $count ->
    [0] Для <b>{ $project }</b> ничего нового.
    [one] Сохранено { $count } сообщение для <b>{ $project }</b>; что я из него сделаю, увидят его ревьюеры.
    [few] Сохранено { $count } сообщения для <b>{ $project }</b>; что я из них сделаю, увидят его ревьюеры.
   *[other] Сохранено { $count } сообщений для <b>{ $project }</b>; что я из них сделаю, увидят его ревьюеры.
}{ $known ->
    [0] {""}
   *[other] {" "}Уже были у меня: { $known }.
}{ $left ->
    [0] {""}
   *[other] {" "}Не учтено: { $left } — от ботов или людей, которых я не читаю.
}{ $over ->
    [0] {""}
   *[other] {" "}✋ За раз я беру { $limit }, поэтому ещё { $over } не сохранено: перешлите их через две минуты или пришлите <code>result.json</code>.
}
notice-forwarded-no-project = У вас пока нет проекта, поэтому ничего не сохранено. Напишите в группе, которую я читаю, и перешлите снова.
notice-forwarded-which = Для какого это проекта: { $names }? Выберите командой <code>/project</code> с названием и перешлите снова; пока ничего не сохранено.
notice-unseen = 🤷 Сообщение, отмеченное ✍ в { $chat }, написано до того, как я там читаю. Ответьте на него /add, и я его увижу.
notice-cancelled = ⏹ { $name }: прервано. Найденное остаётся.
notice-resumed = 🔄 { $name }: продолжаю с того же места.
notice-digest-set = 📬 Дайджест приходит в { $at } по рабочим дням, если что-то произошло.
notice-digest-off = 🔕 Дайджеста больше не будет. /digest now покажет его в любой момент.
notice-runs-paused = { $pending ->
    [one] ⏸ { $project }: несколько дней никто ничего не решал, и я не читаю сам. Ждёт { $pending } предложение; с вашим решением продолжу.
    [few] ⏸ { $project }: несколько дней никто ничего не решал, и я не читаю сам. Ждут { $pending } предложения; с вашим решением продолжу.
   *[other] ⏸ { $project }: несколько дней никто ничего не решал, и я не читаю сам. Ждут { $pending } предложений; с вашим решением продолжу.
}
notice-closed-by-itself = { $carried ->
    [0] 🏁 { $project }: { $run } закрыт, чтобы начать следующий.
   *[other] 🏁 { $project }: { $run } закрыт, чтобы начать следующий; на потом в /pending: { $carried }.
}
notice-budget-spent = 💶 { $project }: потрачено { $percent } % бюджета этого месяца (${ $spent } из ${ $limit }).
notice-budget-holds-back = ⏸ { $project }: следующий запуск превысил бы бюджет месяца (потрачено ${ $spent } из ${ $limit }), поэтому до конца месяца сам не читаю. /extract и /run запустят то, что уложится.
notice-away = { $days ->
    [one] 💤 Меня не было сутки. Telegram хранит для меня сообщения 24 часа; написанного раньше может не хватать: ответьте /add на важное.
    [few] 💤 Меня не было { $days } дня. Telegram хранит для меня сообщения 24 часа; написанного раньше может не хватать: ответьте /add на важное.
   *[other] 💤 Меня не было { $days } дней. Telegram хранит для меня сообщения 24 часа; написанного раньше может не хватать: ответьте /add на важное.
}
notice-group-left = 🚪 Меня удалили из «{ $chat }». Что у меня оттуда есть, остаётся на { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}; если добавить меня за это время, продолжу с того же места.
notice-cannot-write = { $kind ->
    [full] 🛟 Диск, на который я пишу, заполнен, поэтому я жду. Ничего не потеряно: освободите место там, где я работаю (<code>triagram doctor</code> покажет), и я продолжу сам.
   *[other] 🛟 Не могу писать в свою базу данных ({ $kind }), поэтому жду. Ничего не потеряно: <code>triagram doctor</code> скажет, что не так, и я продолжу сам.
}
notice-start-direct = 🕓 Есть что решить. Кто решает, откройте один раз личный чат со мной: { $link }
notice-unknown-command = Такой команды не знаю. /help перечислит известные.
notice-broke = 💥 У меня что-то сломалось; ваше не потеряно. Скажите моему владельцу: код { $ref }
notice-import-reviewers-only = Перенести целый чат могут только ревьюеры. Попросите их или перешлите мне до 100 важных сообщений.
notice-import-not-an-export = «{ $file }» — не экспорт чата. В Telegram Desktop откройте чат, ⋮ → Экспорт истории чата → Формат: машиночитаемый JSON, и пришлите мне <code>result.json</code>.
notice-import-too-large = Файлы больше { $limit } МБ ботам прислать нельзя. Там, где я работаю: <code>triagram import { $file } --project "{ $project }"</code>
notice-direct-review = Решения принимаются в личном чате: { $link }

link-add = ➕ Добавить в группу
link-open = Открыть личный чат
way-review = ▶️ Решать
way-read_new = 📖 Прочитать новое
way-read_them = 📖 Прочитать сейчас
way-find_tasks = 🔎 Найти задачи
way-start = ▶️ Начать
way-resume = 🔄 Продолжить
way-undo = ↩️ Отменить
way-show = Показать
way-budget = 💶 Бюджет
way-close = 🏁 Закрыть…

help-head = 👋 Я читаю вместе с вами, храню решённое и предлагаю задачи.
help-no-project = Сначала добавьте меня в группу; администратор нажимает там «Начать читать».
help-capture = ➕ <b>Записать</b> /add /bug /idea /decision: ответом на сообщение или <code>/bug вход не работает на iOS</code>
help-leave-out = 🙈 <b>Не учитывать</b> ответьте /ignore на сообщение
help-tasks = 📋 <b>Задачи</b> /tasks · /task T-42
help-review = ✅ <b>Решать</b> /review · /pending · /undo
help-runs = 📖 <b>Читать</b> /extract 24h, затем задачи: /run · /status /runs /cancel /resume /close
help-rhythm = 📬 <b>Ритм</b> /digest · /digest 09:00 · /schedule · /stats
help-setup = ⚙️ <b>Настроить</b> /setup /project /reviewers /read /agents /budget
help-law = Ничто не становится заметкой или задачей без нажатия человека.

command-agents = Кто судит и насколько хорошо
command-budget = Сколько месяц может стоить и стоил
command-add = Показать сообщение ревьюерам
command-bug = Сообщить об ошибке: ответом или текстом
command-idea = Записать идею: ответом или текстом
command-ask = Спросить, что решила команда
command-tasks = Открытые задачи
command-help = Что я умею
command-review = Решить, что делать с найденным
command-digest = День в одном сообщении
