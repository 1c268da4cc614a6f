### Изменение карточки: ответом простыми словами, кнопками, и что об этом говорит история.

panel-edit = ✏️ Что изменить? Нажмите кнопку или напишите в ответ: «высокий, до пятницы, отдай Оле».
panel-title = ✏️ Ответьте на это сообщение новым названием.
panel-change = ✏️ Изменить { $name } { $title }?
panel-change-none = Так уже и есть.
panel-change-unclear = Этого я не понял: «{ $text }»
button-apply-approve = ✅ Изменить и одобрить
button-apply-keep = ✅ Изменить и оставить
button-apply = Изменить
button-cancel-change = Отмена
button-edit-title = 🔤 Название

field-title = название
field-text = текст
field-type = тип
field-category = категория
field-priority = приоритет
field-owner = исполнитель
field-date = срок
field-tags = теги

### Переделка предложенного.

card-joined = ➕ С ней объединено ещё: { $n }
panel-split = ✂️ Разделить { $name } { $title }? Неотмеченное останется вместе.
split-line = { $tick } { $number }. { $title }
panel-project = 📁 Для какого это проекта?
panel-project-none = 📁 Других проектов, где вы решаете, нет.
panel-merged = 🔀 Объединено с <b>{ $name }</b>. Вынутое снова будет ждать решения.
merged-line = • { $name } { $title }
button-shape-split = ✂️ Разделить…
button-shape-combine = ➕ Соединить…
button-promote = 📋 Сделать задачей
button-split = ✂️ Разделить на { $n }
button-edit-project = 📁 Проект
button-merged = 🔀 Объединено ({ $n })
button-unmerge = ↩️ Вынуть { $name }
