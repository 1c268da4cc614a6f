### Настройки проекта, кто их менял, и советы о них.

button-settings-about = 📝 О проекте
button-settings-rhythm = ⏱ Язык и время
button-settings-review = 🗳 Ревью
button-settings-quiet = 🔕 Тишина и хранение
button-settings-history = 🕘 История
settings-head = ⚙️ <b>{ $page }</b> · { $project }
settings-page-about = О проекте
settings-page-rhythm = Язык и время
settings-page-review = Ревью
settings-page-quiet = Тишина и хранение
settings-page-history = Кто что менял
settings-hint = <i>Нажмите, что изменить.</i>
settings-line = { $knob }: <b>{ $value }</b>
settings-own = { $knob }: <b>{ $value }</b> ✎
settings-reply = <i>Нажмите или ответьте на это сообщение другим значением.</i>
settings-write = <i>Ответьте на это сообщение новым текстом; «-» очищает.</i>
settings-no-history = Пока ничего не меняли.
settings-change = { $at } { $by } · { $knob }: { $was } → { $now }
settings-by-itself = по голосам
button-as-installed = ↺ Как у бота
button-empty-knob = 🗑 Очистить
settings-none = –
settings-on = вкл
settings-off = выкл
settings-percent = { $n } %
settings-kind = { $kind } { $right }/{ $n }
knob-name = Название
knob-about-name = Так проект называется на карточках.
knob-description = Описание
knob-about-description = О чём проект, в одном-двух предложениях: так легче отличить работу от болтовни.
knob-keywords = Ключевые слова
knob-about-keywords = С ключевыми словами читаются только сообщения, где есть одно из них или упоминание. Через запятую.
knob-components = Компоненты
knob-about-components = Части продукта через запятую: заметки о них собираются под их именем.
knob-glossary = Словарь
knob-about-glossary = Ваши слова и что они значат, по строке: <code>WAU: weekly active users</code>. Строка <code>WAU:</code> убирает слово.
knob-language = Язык
knob-about-language = На каком языке я пишу в группах проекта.
knob-timezone = Часовой пояс
knob-about-timezone = По каким часам называются даты и всё происходит. Любое имя, например Europe/Kyiv.
knob-extract = Чтение сообщений
knob-about-extract = Когда новые сообщения читаются сами: час, off или строка cron.
knob-analyse = Поиск задач
knob-about-analyse = Когда задачи ищутся сами: час, off или строка cron.
knob-digest = Дайджест
knob-about-digest = Когда приходит итог дня: по рабочим дням и только если что-то случилось.
knob-weekly = Неделя по понедельникам
knob-about-weekly = Приходит ли в понедельник итог недели: в час дайджеста и только если что-то случилось.
knob-digest_in_group = Дайджест в группе
knob-about-digest_in_group = Получает ли дайджест и группа, без того, что ждёт решения. Выбирает владелец.
knob-cards_per_run = Карточек по одной
knob-about-cards_per_run = Если задач больше, они приходят одним сообщением для разбора.
knob-tick_confidence = Отмечать от
knob-about-tick_confidence = С какой уверенности заметка отмечена заранее.
knob-propose_from = Показывать от
knob-about-propose_from = В чём я уверен меньше, не показывается вовсе, только считается. Выбирает владелец.
knob-auto_approve = Без нажатия
knob-about-auto_approve = Виды, которые одобряют так надёжно, что можно делать это самому, когда я очень уверен; всё отменяемо и помечено. Возможно после 50 решений почти без сомнений. Выбирает владелец.
knob-queue_limit = Ждёт не больше
knob-about-queue_limit = Если решения ждёт больше, само ничего не начинается.
knob-expire_days = Отпускать через, дней
knob-about-expire_days = Столько ждут заметки, задачи вдвое дольше. /pending expired возвращает.
knob-rejection_memory_days = Отклонённое помню, дней
knob-about-rejection_memory_days = Столько отклонённое не предлагается снова, если нет двух новых сообщений.
knob-quiet_from = Тихо с
knob-about-quiet_from = С какого часа я молчу, если не спросили.
knob-quiet_until = Тихо до
knob-about-quiet_until = До какого часа я молчу, если не спросили.
knob-weekends = По выходным
knob-about-weekends = Приходит ли по выходным то, о чём не спрашивали.
knob-messages_per_day = Сообщений в день
knob-about-messages_per_day = Больше этого чат в день не получает без просьбы; остальное ждёт утра.
knob-retention_days = Хранить сообщения, дней
knob-about-retention_days = Сколько хранятся сообщения, не дольше, чем разрешил тот, кто меня запустил; цитаты заметок и задач остаются. Выбирает владелец.
knob-place = Где решают
knob-reviewers = Ревьюеры
knob-budget = Бюджет
hint-threshold = 💡 <b>Меньше карточек впустую?</b> · { $project }
    Из того, в чём я был уверен меньше чем на { $below } %, за двенадцать недель одобрено { $right } из { $n }. Больше не показывать?
hint-lost = { $n ->
    [0] Ничего из одобренного не пропало бы.
    [one] Терялась бы примерно { $n } настоящая в месяц; скрытое считается в дайджесте.
    [few] Терялось бы примерно { $n } настоящих в месяц; скрытое считается в дайджесте.
   *[other] Терялось бы примерно { $n } настоящих в месяц; скрытое считается в дайджесте.
}
hint-free = 💡 <b>{ $kind }: без нажатия?</b> · { $project }
    Без правок одобрено { $right } из { $n }: наверняка не меньше { $low } %. Когда я очень уверен и похожего нет, могу делать это сам, с пометкой и отменой.
hint-owner = <i>Решает владелец. Спрашиваю не чаще раза в месяц.</i>
hint-taken = 💡 Готово: { $knob } теперь { $value }. Вернуть: /settings.
hint-declined = 💡 Осталось как было: { $knob }. Изменить можно в /settings.
button-hint-hide = ✅ Скрывать
button-hint-free = ✅ Да, само
button-hint-no = Оставить
refusal-bad-knob = «{ $given }» здесь не подходит. Нажмите одну из кнопок или посмотрите над ними, как надо.
refusal-bad-knob-unearned = Рано: без правок одобрено { $given }. Нужно не меньше 50 решений почти без сомнений.
