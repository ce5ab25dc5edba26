"""What is supposed of a round in a what-if: in data, so that every text can state it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# A member's code, by which it is known, and its name, which texts state; names may be the same.
Member = tuple[str, str]


@dataclass(frozen=True)
class WhatIf:
    """The suppositions of a what-if, all of which are stated wherever it is shown.

    `pricing` has settings of the pricing rule as text, by name; `answers` the supposed answers of
    members; `withdrawn` and `not_asked` members.
    """

    pricing: tuple[tuple[str, str], ...] = ()
    answers: tuple[tuple[Member, str], ...] = ()
    withdrawn: tuple[Member, ...] = ()
    not_asked: tuple[Member, ...] = ()

    def joined(self, other: WhatIf) -> WhatIf:
        """Both suppositions; a later one about the same thing replaces the earlier."""
        answers = dict(self.answers) | dict(other.answers)
        gone = (*other.withdrawn, *other.not_asked)
        again = dict(other.answers)
        return WhatIf(
            pricing=tuple((dict(self.pricing) | dict(other.pricing)).items()),
            answers=tuple((one, answer) for one, answer in answers.items() if one not in gone),
            withdrawn=_in_order(
                [m for m in self.withdrawn if m not in again and m not in other.not_asked],
                other.withdrawn,
            ),
            not_asked=_in_order(self.not_asked, other.not_asked),
        )


def _in_order(first: Sequence[Member], then: Sequence[Member]) -> tuple[Member, ...]:
    return tuple(dict.fromkeys([*first, *then]))
