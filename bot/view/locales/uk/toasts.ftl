### Відповідь на натискання, не довша за 200 знаків. Простий текст, без HTML.

toast-approved = Схвалено → { $result }
toast-kept = Залишено
toast-rejected = Відхилено
toast-dropped = Прибрано
toast-merged = Об'єднано з { $result }
toast-later = Повернеться { $at }
toast-woken = Знову тут
toast-reason = Записано: { $reason }
toast-undone = Скасовано
toast-undone-standing = Скасовано. Лишилося те, на чому тримається подальше: { $standing }
toast-kept-notes = { $dropped ->
    [0] Залишено: { $kept }
   *[other] Залишено: { $kept }, прибрано: { $dropped }
}
toast-kept-and-finding = Залишено: { $kept }. Шукаю задачі…
toast-settled-all = { $what ->
    [reject] Відхилено: { $n }
    [merge] Об'єднано: { $n }
    [expire] Відпущено: { $n }
   *[other] Схвалено: { $n }
}
toast-started = { $name }: розпочато
toast-cancelled = { $name }: перервано
toast-resumed = { $name }: продовжую
toast-closed = { $name }: закрито
toast-closed-carried = { $name }: закрито, на потім лишилося { $n }
toast-kept-open = Лишається відкритим
toast-changed = { $field ->
    [priority] Пріоритет: { $value }
    [category] Категорія: { $value }
    [due] Термін: { $value }
    [owner] Виконавець: { $value }
    [title] Назва: { $value }
   *[other] Змінено: { $value }
}
toast-status = { $name }: { $status ->
    [in_progress] у роботі
    [done] зроблена
    [dropped] знята
   *[open] відкрита
}
toast-taken = { $name } тепер ваша
toast-shared = Дайджест тепер приходить і в групу
toast-paused = Тиждень без дайджесту
toast-thanks = Дякую
toast-importing = Переношу в { $project }
toast-reading = Відтепер я читаю
toast-clean = Сказане тут раніше видалено
toast-chat-opened = «{ $room }» тепер може читати цей чат
toast-chat-closed = «{ $room }» більше не може читати цей чат
toast-left-out = Вас не враховано. Я більше не читаю того, що ви пишете.
toast-back-in = Я знову читаю те, що ви пишете
toast-reviewer-added = { $name } тепер вирішує
toast-reviewer-removed = { $name } більше не вирішує
toast-saved = Збережено
toast-brought-back = { $number } знову чекає рішення
toast-reply-with-title = Дайте відповідь на це повідомлення новою назвою
toast-split = Розділено на { $n }
toast-promoted = { $name } тепер задача й чекає рішення
toast-moved = Тепер це в проєкті { $project }
toast-unmerged = { $name } знову чекає рішення
toast-reply-with-change = Натисніть кнопку або дайте відповідь простими словами
toast-applied = Змінено
toast-reply-with-search = Дайте відповідь на це повідомлення словом для пошуку
toast-reply-with-reason = Дайте відповідь на це повідомлення причиною
toast-open-direct = Спочатку натисніть «Старт» в особистому чаті зі мною
toast-here = Показано нижче
toast-here-already = Уже показано нижче
toast-sources-instead = Вказати на повідомлення тут не можу; ось що було сказано
toast-gone = Це повідомлення застаре для своїх кнопок. /pending покаже, що чекає.
toast-waits = { $kind ->
    [full] Диск, на який я пишу, заповнений. Нічого не втрачено: зроблю сам, щойно власник звільнить місце.
   *[other] База даних зараз не відповідає. Нічого не втрачено: скоро зроблю сам, повторювати не треба.
}
toast-broke = У мене щось зламалося · код { $ref }
