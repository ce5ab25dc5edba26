"""What is supposed of a round in a what-if: in data, so that every text can state it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WhatIf:
    """The suppositions of a what-if, all of which are stated wherever it is shown.

    `pricing` has settings of the pricing rule as text, by name; `answers` the supposed answers by
    the member's name; `withdrawn` and `not_asked` the names of members.
    """

    pricing: tuple[tuple[str, str], ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()

    def joined(self, other: WhatIf) -> WhatIf:
        """Both suppositions; a later one about the same thing replaces the earlier."""
        named = dict(self.answers) | dict(other.answers)
        gone = (*other.withdrawn, *other.not_asked)
        again = dict(other.answers)
        return WhatIf(
            pricing=tuple((dict(self.pricing) | dict(other.pricing)).items()),
            answers=tuple((name, answer) for name, answer in named.items() if name not in gone),
            withdrawn=_in_order(
                [n for n in self.withdrawn if n not in again and n not in other.not_asked],
                other.withdrawn,
            ),
            not_asked=_in_order(self.not_asked, other.not_asked),
        )


def _in_order(first: list[str] | tuple[str, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *then]))
