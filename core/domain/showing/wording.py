"""What a model worded for a card, a sentence at a time."""

from dataclasses import dataclass

from core.domain.ids import Ref


@dataclass(frozen=True)
class Sentence:
    """One sentence and the item it cites."""

    text: str
    ref: Ref


@dataclass(frozen=True)
class Wording:
    """Sentences, and all the items they were made from: whoever may not read one reads no sentence."""

    sentences: tuple[Sentence, ...] = ()
    given: tuple[Ref, ...] = ()

    @property
    def cited(self) -> tuple[Ref, ...]:
        """What the sentences cite, each once, in order."""
        return tuple(dict.fromkeys(sentence.ref for sentence in self.sentences))


NO_WORDING = Wording()
