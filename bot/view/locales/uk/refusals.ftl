### По рядку на відмову: чого не можна і що робити натомість. Простий текст, без HTML.

refusal-not-found = { $kind ->
    [task] Задачі { $name } не знаю. /tasks покаже список.
    [proposal] Пропозиції { $name } не знаю. /pending покаже, що чекає.
    [run] Запуску { $name } не знаю. /runs покаже список.
    [project] Проєкту { $name } не знаю. /project покаже проєкт цього чату.
    [person] Нікого на ім'я { $name } тут поки не знаю. Знатиму, щойно людина щось напише.
    [topic] Розділу { $name } не знаю. /topics покаже список.
    [atom] Нотатки { $name } не знаю. /topics покаже, де вони.
    [agent] Я не знаю агента { $name }. /agents покаже, хто є.
    [message] Цього повідомлення не знаю. Дайте відповідь на те, що написано, відколи я тут читаю.
   *[other] { $name } більше не знаходжу.
}
refusal-not-found-gone = Цього більше немає. /pending покаже, що чекає, /tasks — відкриті задачі.
refusal-not-found-person = Не розумію, про кого мова. Напишіть @ім'я; я знаю тих, хто тут писав.
refusal-not-found-time-zone = Такого часового поясу не знаю. Напишіть так: /project timezone Europe/Kyiv
refusal-not-found-language = Поки що я говорю мовами: { $languages }. Оберіть так: /project language uk
refusal-ambiguous = { $name } є в кількох проєктах: { $projects }. Оберіть проєкт: /project НАЗВА, і спитайте знову.
refusal-ambiguous-project = У вас кілька проєктів: { $projects }. Оберіть проєкт: /project НАЗВА, і спитайте знову.
refusal-no-project = Цей чат поки не належить до жодного проєкту. Адміністратор налаштує його командою /setup.
refusal-not-reading = Тут я ще не читаю. Адміністратор натискає «Почати читати» в /setup.
refusal-not-reviewer = Тут вирішують лише рев'юери. Спитайте: { $reviewers }, або /reviewers.
refusal-not-reviewer-unnamed = Тут вирішують лише рев'юери. /reviewers покаже, хто це.
refusal-not-owner = Це може лише власник. Спитайте його.
refusal-not-an-administrator = Це може лише адміністратор чату. Спитайте його.
refusal-not-asked = Це може сказати лише той, кого просили. /task { $name } покаже, чия вона.
refusal-anonymous = Ви пишете від імені групи, і не видно, хто вирішує. Вимкніть собі «Анонімність» або вирішуйте в особистому чаті зі мною.
refusal-not-local = Текст може йти лише до моделей на цій машині або в цій мережі, а { $model } не тут. Іншого обирає /agents.
refusal-budget-reached = Це перевищило б бюджет місяця: витрачено ${ $spent_usd } з ${ $limit_usd }, а це може коштувати ${ $needed_usd }. /budget покаже; підняти його може власник.
refusal-bad-knob-budget = Не можу прочитати «{ $given }» як суму на місяць. Напишіть долари: /budget 25 або /budget default
refusal-already-settled = { $status ->
    [approved] Уже схвалено: { $by }, { $at }
    [rejected] Уже відхилено: { $by }, { $at }
    [merged] Уже об'єднано: { $by }, { $at }
    [expired] Уже знято о { $at }. /pending expired поверне.
   *[other] { $number }: уже вирішено, { $by }, { $at }
}
refusal-old-press = Це був попередній текст. Тепер показано новий; погляньте ще раз.
refusal-not-pending = { $status ->
    [approved] { $number }: уже схвалено. Спочатку скасуйте.
    [rejected] { $number }: уже відхилено. Спочатку скасуйте.
    [merged] { $number }: уже об'єднано. Спочатку скасуйте.
    [expired] { $number }: знято. /pending expired поверне.
    [pending] { $number }: ще чекає рішення. Спочатку вирішіть.
   *[other] { $number }: уже вирішено.
}
refusal-wrong-step = { $status ->
    [pending] { $number } ще чекає, тому поки не можна. /status покаже, як справи.
    [running] { $number } ще в роботі. Зачекайте або перервіть: /cancel.
    [completed] { $number }: уже готово. /review покаже знайдене.
    [closed] { $number }: уже закрито. Почніть знову: /extract або /run.
    [reviewed] { $number }: усе вже вирішено. /runs покаже.
    [failed] { $number }: зупинилося на півдорозі. Спочатку /resume.
    [cancelled] { $number }: перервано. Почніть знову: /extract або /run.
    [open] { $number } уже відкрита. /task { $number } покаже, що можна зробити.
    [in_progress] { $number } уже в роботі. /task { $number } покаже, що можна зробити.
    [done] { $number } уже зроблена. Спочатку відкрийте знову: /task { $number }
    [dropped] { $number } знята. Спочатку відкрийте знову: /task { $number }
    [merged] { $number } вже частина іншого розділу. Повернути: /topic { $number }
    [archived] { $number } в архіві. Повернути: /topic { $number }
    [live] { $number } не може стати частиною цього розділу: оберіть інший.
   *[other] { $number }: уже вирішено, більше не можна. /pending покаже, що чекає.
}
refusal-run-in-the-way = { $pending ->
    [0] { $number } ще не закрито. Спочатку закрийте: /close
   *[other] { $number } ще не закрито (чекають рішення: { $pending }). Вирішіть або закрийте, лишивши їх на потім: /close
}
refusal-run-has-pending = { $pending ->
    [one] Ще чекає рішення { $pending } пропозиція з { $number }. Лишіть на потім або зніміть: /close
    [few] Ще чекають рішення { $pending } пропозиції з { $number }. Лишіть на потім або зніміть: /close
   *[other] Ще чекають рішення { $pending } пропозицій з { $number }. Лишіть на потім або зніміть: /close
}
refusal-nothing-to-read = { $stage ->
    [tasks] З минулого разу немає нових чи змінених нотаток. Спочатку прочитайте повідомлення: /extract
   *[knowledge] Читати нічого. Спробуйте, коли щось напишуть.
}
refusal-undo-over = { $minutes ->
    [one] Скасувати можна лише протягом { $minutes } хвилини. Змініть саму задачу: /tasks
   *[other] Скасувати можна лише протягом { $minutes } хвилин. Змініть саму задачу: /tasks
}
refusal-undo-blocked = На цьому тримається подальше: { $standing }. Спочатку скасуйте його.
refusal-words-gone = Те, на чому трималося { $name }, відтоді видалено, тому рішення лишається. Задачі змінює /tasks.
refusal-nothing-to-undo = Вашого тут скасовувати нічого. Рішення можна скасувати протягом кількох хвилин.
refusal-merge-cycle = { $number } уже об'єднано з цим. Оберіть інше.
refusal-merge-into-nothing = { $name } більше немає або відхилено. Оберіть інше.
refusal-bad-input = Це не підходить. /help підкаже, як треба.
refusal-bad-config = { $where }: { $problem }. { $mend }
refusal-bad-export = { $where }: { $problem }. { $mend }
refusal-bad-backup = { $where }: { $problem }. { $mend }
refusal-bad-labels = { $where }: { $problem }. { $mend }
refusal-bad-window = Не розумію «{ $given }» як проміжок часу. Спробуйте 24h або 7d.
refusal-bad-schedule = Не розумію «{ $given }» як час. Спробуйте 14:00, off або рядок cron, наприклад 0 14 * * mon-fri
refusal-bad-text = { $what ->
    [name] В імені не більше { $limit } знаків, у вас { $length }. Скоротіть.
    [description] В описі не більше { $limit } знаків, у вас { $length }. Скоротіть.
    [keywords] У ключових словах разом не більше { $limit } знаків, у вас { $length }. Приберіть частину.
    [step] У кроці не більше { $limit } знаків, у вас { $length }. Скоротіть.
    [steps] У задачі не більше { $limit } кроків. Зробіть із решти окрему задачу.
    [title] У назві не більше { $limit } знаків, у вас { $length }. Скоротіть.
   *[other] У тексті не більше { $limit } знаків, у вас { $length }. Скоротіть.
}
refusal-bad-text-empty = { $what ->
    [name] Як назвати? Напишіть після команди: /project rename Mobile
    [description] Про що проєкт? Напишіть після команди: /project description Наш застосунок для iPhone
    [keywords] Які ключові слова? Напишіть після команди: /project keywords вхід, пуші, магазин
   *[other] У ньому немає слів. Напишіть щось.
}
refusal-name-taken = Проєкт з назвою { $name } вже є. Оберіть іншу або приєднайтеся до нього в /setup.

refusal-world-failed = Зараз не вийшло. Спробую знову; якщо не мине, скажіть моєму власникові.
refusal-stale = Хтось змінив це тієї ж миті. Погляньте й натисніть знову.
refusal-run-taken = Хтось щойно вже почав. /status покаже.
refusal-analyst-failed = Читання зупинилося на півдорозі ({ $kind }). Зроблене збережено; /resume дочитає решту.
refusal-telegram-away = Telegram зараз не відповідає. Спробуйте за хвилину.
refusal-storage-failed = { $kind ->
    [full] Диск заповнений. Нічого не втрачено; звільніть місце і спробуйте знову.
   *[other] База даних зараз не відповідає. Нічого не втрачено; спробуйте за хвилину.
}
