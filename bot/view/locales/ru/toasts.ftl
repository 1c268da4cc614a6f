### Ответ на нажатие, не длиннее 200 знаков. Простой текст, без HTML.

toast-approved = Одобрено → { $result }
toast-kept = Оставлено
toast-rejected = Отклонено
toast-dropped = Убрано
toast-merged = Объединено с { $result }
toast-later = Вернётся { $at }
toast-woken = Снова здесь
toast-reason = Записано: { $reason }
toast-undone = Отменено
toast-undone-standing = Отменено. Осталось то, на чём держится дальнейшее: { $standing }
toast-kept-notes = { $dropped ->
    [0] Оставлено: { $kept }
   *[other] Оставлено: { $kept }, убрано: { $dropped }
}
toast-kept-and-finding = Оставлено: { $kept }. Ищу задачи…
toast-settled-all = { $what ->
    [reject] Отклонено: { $n }
    [merge] Объединено: { $n }
    [expire] Отпущено: { $n }
   *[other] Одобрено: { $n }
}
toast-started = { $name }: начато
toast-cancelled = { $name }: прервано
toast-resumed = { $name }: продолжаю
toast-closed = { $name }: закрыто
toast-closed-carried = { $name }: закрыто, на потом осталось { $n }
toast-kept-open = Остаётся открытым
toast-changed = { $field ->
    [priority] Приоритет: { $value }
    [category] Категория: { $value }
    [due] Срок: { $value }
    [owner] Исполнитель: { $value }
    [title] Название: { $value }
   *[other] Изменено: { $value }
}
toast-status = { $name }: { $status ->
    [in_progress] в работе
    [done] сделана
    [dropped] снята
   *[open] открыта
}
toast-taken = { $name } теперь ваша
toast-shared = Дайджест теперь приходит и в группу
toast-paused = Неделю без дайджеста
toast-thanks = Спасибо
toast-importing = Переношу в { $project }
toast-reading = С этого момента я читаю
toast-clean = Сказанное здесь раньше удалено
toast-chat-opened = «{ $room }» теперь может читать этот чат
toast-chat-closed = «{ $room }» больше не может читать этот чат
toast-left-out = Вы не учитываетесь. Я больше не читаю то, что вы пишете.
toast-back-in = Я снова читаю то, что вы пишете
toast-reviewer-added = { $name } теперь решает
toast-reviewer-removed = { $name } больше не решает
toast-saved = Сохранено
toast-brought-back = { $number } снова ждёт решения
toast-reply-with-title = Ответьте на это сообщение новым названием
toast-split = Разделено на { $n }
toast-promoted = { $name } теперь задача и ждёт решения
toast-moved = Теперь это в проекте { $project }
toast-unmerged = { $name } снова ждёт решения
toast-reply-with-change = Нажмите кнопку или ответьте простыми словами
toast-applied = Изменено
toast-reply-with-search = Ответьте на это сообщение словом для поиска
toast-reply-with-reason = Ответьте на это сообщение причиной
toast-open-direct = Сначала нажмите «Старт» в личном чате со мной
toast-here = Показано ниже
toast-here-already = Уже показано ниже
toast-sources-instead = Указать на сообщение здесь не могу; вот что было сказано
toast-gone = Это сообщение слишком старое для своих кнопок. /pending покажет, что ждёт.
toast-waits = { $kind ->
    [full] Диск, на который я пишу, заполнен. Ничего не потеряно: сделаю сам, когда владелец освободит место.
   *[other] База данных сейчас не отвечает. Ничего не потеряно: скоро сделаю сам, повторять не нужно.
}
toast-broke = У меня что-то сломалось · код { $ref }
