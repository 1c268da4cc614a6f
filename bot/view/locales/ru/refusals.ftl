### По строке на отказ: чего нельзя и что делать вместо этого. Простой текст, без HTML.

refusal-not-found = { $kind ->
    [task] Задачи { $name } не знаю. /tasks покажет список.
    [proposal] Предложения { $name } не знаю. /pending покажет, что ждёт.
    [run] Запуска { $name } не знаю. /runs покажет список.
    [project] Проекта { $name } не знаю. /project покажет проект этого чата.
    [person] Никого по имени { $name } здесь пока не знаю. Узнаю, как только человек что-нибудь напишет.
    [topic] Раздела { $name } не знаю. /topics покажет список.
    [atom] Заметки { $name } не знаю. /topics покажет, где они.
    [agent] Я не знаю агента { $name }. /agents покажет, кто есть.
    [message] Этого сообщения не знаю. Ответьте на то, что написано с тех пор, как я здесь читаю.
   *[other] { $name } больше не нахожу.
}
refusal-not-found-gone = Этого больше нет. /pending покажет, что ждёт, /tasks — открытые задачи.
refusal-not-found-person = Не понимаю, о ком речь. Напишите @имя; я знаю тех, кто здесь писал.
refusal-not-found-time-zone = Такого часового пояса не знаю. Напишите так: /project timezone Europe/Berlin
refusal-not-found-language = Пока я говорю на языках: { $languages }. Выберите так: /project language ru
refusal-ambiguous = { $name } есть в нескольких проектах: { $projects }. Выберите проект: /project НАЗВАНИЕ, и спросите снова.
refusal-ambiguous-project = У вас несколько проектов: { $projects }. Выберите проект: /project НАЗВАНИЕ, и спросите снова.
refusal-no-project = Этот чат пока не относится ни к одному проекту. Администратор настроит его командой /setup.
refusal-not-reading = Здесь я ещё не читаю. Администратор нажимает «Начать читать» в /setup.
refusal-not-reviewer = Здесь решают только ревьюеры. Спросите: { $reviewers }, или /reviewers.
refusal-not-reviewer-unnamed = Здесь решают только ревьюеры. /reviewers покажет, кто это.
refusal-not-owner = Это может только владелец. Спросите его.
refusal-not-an-administrator = Это может только администратор чата. Спросите его.
refusal-not-asked = Это может сказать только тот, кого просили. /task { $name } покажет, чья она.
refusal-anonymous = Вы пишете от имени группы, и не видно, кто решает. Отключите себе «Анонимность» или решайте в личном чате со мной.
refusal-not-local = Текст может идти только к моделям на этой машине или в этой сети, а { $model } не здесь. Другого выбирает /agents.
refusal-budget-reached = Это превысило бы бюджет месяца: потрачено ${ $spent_usd } из ${ $limit_usd }, а это может стоить ${ $needed_usd }. /budget покажет; поднять его может владелец.
refusal-bad-knob-budget = Не могу прочитать «{ $given }» как сумму на месяц. Напишите доллары: /budget 25 или /budget default
refusal-already-settled = { $status ->
    [approved] Уже одобрено: { $by }, { $at }
    [rejected] Уже отклонено: { $by }, { $at }
    [merged] Уже объединено: { $by }, { $at }
    [expired] Уже снято в { $at }. /pending expired вернёт.
   *[other] { $number }: уже решено, { $by }, { $at }
}
refusal-old-press = Это был прежний текст. Теперь показан новый; посмотрите ещё раз.
refusal-not-pending = { $status ->
    [approved] { $number }: уже одобрено. Сначала отмените.
    [rejected] { $number }: уже отклонено. Сначала отмените.
    [merged] { $number }: уже объединено. Сначала отмените.
    [expired] { $number }: снято. /pending expired вернёт.
    [pending] { $number }: ещё ждёт решения. Сначала решите.
   *[other] { $number }: уже решено.
}
refusal-wrong-step = { $status ->
    [pending] { $number } ещё ждёт, поэтому пока нельзя. /status покажет, как дела.
    [running] { $number } ещё в работе. Подождите или прервите: /cancel.
    [completed] { $number }: уже готово. /review покажет найденное.
    [closed] { $number }: уже закрыто. Начните заново: /extract или /run.
    [reviewed] { $number }: всё уже решено. /runs покажет.
    [failed] { $number }: остановилось на полпути. Сначала /resume.
    [cancelled] { $number }: прервано. Начните заново: /extract или /run.
    [open] { $number } уже открыта. /task { $number } покажет, что можно сделать.
    [in_progress] { $number } уже в работе. /task { $number } покажет, что можно сделать.
    [done] { $number } уже сделана. Сначала откройте снова: /task { $number }
    [dropped] { $number } снята. Сначала откройте снова: /task { $number }
    [merged] { $number } уже часть другого раздела. Вернуть: /topic { $number }
    [archived] { $number } в архиве. Вернуть: /topic { $number }
    [live] { $number } не может стать частью этого раздела: выберите другой.
   *[other] { $number }: уже решено, больше нельзя. /pending покажет, что ждёт.
}
refusal-run-in-the-way = { $pending ->
    [0] { $number } ещё не закрыт. Сначала закройте: /close
   *[other] { $number } ещё не закрыт (ждут решения: { $pending }). Решите или закройте, оставив их на потом: /close
}
refusal-run-has-pending = { $pending ->
    [one] Ещё ждёт решения { $pending } предложение из { $number }. Оставьте на потом или снимите: /close
    [few] Ещё ждут решения { $pending } предложения из { $number }. Оставьте на потом или снимите: /close
   *[other] Ещё ждут решения { $pending } предложений из { $number }. Оставьте на потом или снимите: /close
}
refusal-nothing-to-read = { $stage ->
    [tasks] С прошлого раза нет новых или изменённых заметок. Сначала прочитайте сообщения: /extract
   *[knowledge] Читать нечего. Попробуйте, когда что-нибудь напишут.
}
refusal-undo-over = { $minutes ->
    [one] Отменить можно только в течение { $minutes } минуты. Измените саму задачу: /tasks
   *[other] Отменить можно только в течение { $minutes } минут. Измените саму задачу: /tasks
}
refusal-undo-blocked = На этом держится дальнейшее: { $standing }. Сначала отмените его.
refusal-words-gone = То, на чём держалось { $name }, с тех пор удалено, поэтому решение остаётся. Задачи меняет /tasks.
refusal-nothing-to-undo = Вашего здесь отменять нечего. Решение можно отменить в течение нескольких минут.
refusal-merge-cycle = { $number } уже объединено с этим. Выберите другое.
refusal-merge-into-nothing = { $name } больше нет или отклонено. Выберите другое.
refusal-bad-input = Это не подходит. /help подскажет, как надо.
refusal-bad-config = { $where }: { $problem }. { $mend }
refusal-bad-export = { $where }: { $problem }. { $mend }
refusal-bad-backup = { $where }: { $problem }. { $mend }
refusal-bad-labels = { $where }: { $problem }. { $mend }
refusal-bad-window = Не понимаю «{ $given }» как промежуток времени. Попробуйте 24h или 7d.
refusal-bad-schedule = Не понимаю «{ $given }» как время. Попробуйте 14:00, off или строку cron, например 0 14 * * mon-fri
refusal-bad-text = { $what ->
    [name] В имени не больше { $limit } знаков, у вас { $length }. Сократите.
    [description] В описании не больше { $limit } знаков, у вас { $length }. Сократите.
    [keywords] В ключевых словах вместе не больше { $limit } знаков, у вас { $length }. Уберите часть.
    [step] В шаге не больше { $limit } знаков, у вас { $length }. Сократите.
    [steps] У задачи не больше { $limit } шагов. Сделайте из остального отдельную задачу.
    [title] В названии не больше { $limit } знаков, у вас { $length }. Сократите.
   *[other] В тексте не больше { $limit } знаков, у вас { $length }. Сократите.
}
refusal-bad-text-empty = { $what ->
    [name] Как назвать? Напишите после команды: /project rename Mobile
    [description] О чём проект? Напишите после команды: /project description Наше приложение для iPhone
    [keywords] Какие ключевые слова? Напишите после команды: /project keywords вход, пуши, магазин
   *[other] В нём нет слов. Напишите что-нибудь.
}
refusal-name-taken = Проект с названием { $name } уже есть. Выберите другое или присоединитесь к нему в /setup.

refusal-world-failed = Сейчас не получилось. Попробую снова; если не пройдёт, скажите моему владельцу.
refusal-stale = Кто-то изменил это в ту же секунду. Посмотрите и нажмите снова.
refusal-run-taken = Кто-то только что уже начал. /status покажет.
refusal-analyst-failed = Чтение остановилось на полпути ({ $kind }). Сделанное сохранено; /resume дочитает остальное.
refusal-telegram-away = Telegram сейчас не отвечает. Попробуйте через минуту.
refusal-storage-failed = { $kind ->
    [full] Диск заполнен. Ничего не потеряно; освободите место и попробуйте снова.
   *[other] База данных сейчас не отвечает. Ничего не потеряно; попробуйте через минуту.
}
