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
