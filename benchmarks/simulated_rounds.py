"""Simulated rounds whose end is known, to try a forecast on; deliberately not the forecast's model.

Answers crowd before the reply date, before a postponed reply date and after reminders,
rest over a holiday, or come at an even pace; some members never answer; groups, members, fees and
late answers lean in ways that the forecast half assumes or does not assume at all.
"""

from __future__ import annotations

import math
import random
import statistics
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pandas as pd

from helpers.data.round.round_inputs import load_inputs
from helpers.model.settings.round_prices import compute_prices

BEGAN, PERIOD = date(2016, 6, 10), 112  # days until the reply date
REPLY_BY = BEGAN + timedelta(days=PERIOD)
HORIZON = REPLY_BY + timedelta(days=PERIOD)


@dataclass(frozen=True)
class Simulated:
    """A round whose end is known: the day on which each member answers (None: never), and what.

    `traits` names what the simulator did that the forecast does not assume.
    """

    members: pd.DataFrame
    when: list[date | None]
    yes: list[bool]
    traits: frozenset[str]

    def until(self, day: date) -> pd.DataFrame:
        """The answers as they stand at the end of a day, as forecast takes them."""
        come = [str(when) if when and when <= day else "" for when in self.when]
        said = ["yes" if yes else "no" for yes in self.yes]
        decision = [d if c else "unanswered" for d, c in zip(said, come, strict=True)]
        rows = self.members.assign(decision=decision, first_received_on=pd.to_datetime(come))
        return rows.assign(secured=rows["fee"].where(rows["decision"] == "yes", 0))


def simulate(seed: int) -> Simulated:
    """Draw a round: its members, when each answers, and what."""
    draw = random.Random(seed)
    members = real_members() if draw.random() < 0.6 else drawn_members(draw)
    traits: set[str] = set()
    names = sorted(set(members["group"]))
    prompt = spread(draw, (0.0, 0.5), names, "groups answer unlike", traits)
    pace = Pace(draw, traits)
    when = [moment(draw, pace, prompt[name]) for name in members["group"]]
    yes = leanings(draw, members, when, traits)
    return Simulated(members, [day_of(at) for at in when], yes, frozenset(traits))


def day_of(at: float) -> date | None:
    """The day that many reply periods after the beginning; None for an answer that never comes."""
    return BEGAN + timedelta(days=math.ceil(at * PERIOD)) if at < math.inf else None


@cache
def real_members() -> pd.DataFrame:
    """The 290 municipalities with the fees and groups of the 2016 round."""
    inputs = load_inputs("skl-2016")
    fees = compute_prices(inputs.round, inputs.members).fees
    members = inputs.members[["code", "group"]]
    return members.assign(fee=members["code"].map(fees).astype("int64"))


def drawn_members(draw: random.Random) -> pd.DataFrame:
    """Another association: 80 to 290 members, 3 to 10 groups, fees that differ more or less."""
    count, groups = draw.choice([80, 150, 290]), draw.randint(3, 10)
    unlike = draw.uniform(0.4, 1.2)
    fees = [round(5_000 * math.exp(draw.gauss(0, unlike))) for _ in range(count)]
    belongs = [f"G{draw.randrange(groups)}" for _ in range(count)]
    codes = [f"{number:04}" for number in range(count)]
    return pd.DataFrame({"code": codes, "group": belongs, "fee": fees}).astype({"fee": "int64"})


def spread(
    draw: random.Random, sizes: tuple[float, ...], names: list[str], trait: str, traits: set[str]
) -> dict[str, float]:
    """An effect for each group, on the logit scale; the largest size is a trait."""
    size = draw.choice(sizes)
    if size == max(sizes):
        traits.add(trait)
    return {name: draw.gauss(0, size) for name in names}


class Pace:
    """How the members of one round answer: in time, late or never, and when."""

    def __init__(self, draw: random.Random, traits: set[str]) -> None:
        self.in_time = draw.uniform(-0.4, 1.7)  # logit: 40 to 85 %
        self.crowd = draw.uniform(0.1, 0.8)  # the share that crowds before the date
        self.crowd_at = draw.choice([1.0, 1.0, 1.0, 0.78])  # 0.78: an earlier date, put off
        self.even = (draw.uniform(1, 3), draw.uniform(1, 2))
        self.holiday = draw.random() < 0.4
        self.late = draw.uniform(0.15, 0.9)  # of those not in time, who answer at all
        self.lag = draw.uniform(0.1, 0.7)
        self.reminded_at = draw.uniform(0.1, 0.8) if draw.random() < 0.4 else None
        known = {
            "put off": self.crowd_at < 1,
            "holiday": self.holiday,
            "reminder": self.reminded_at is not None,
        }
        traits.update(name for name, holds in known.items() if holds)


def moment(draw: random.Random, pace: Pace, prompt: float) -> float:
    """When a member answers, in reply periods; infinite if never."""
    if draw.random() < logistic(pace.in_time + prompt):
        if draw.random() < pace.crowd:
            at = pace.crowd_at - draw.expovariate(1 / 0.07)
        else:
            at = draw.betavariate(*pace.even)
        if pace.holiday and 0.2 < at < 0.5:  # boards rest, and what would have come comes after
            at += 0.3
        return min(max(at, 0.01), 1.0)
    if draw.random() > pace.late:
        return math.inf
    if pace.reminded_at is not None and draw.random() < 0.5:
        return 1 + pace.reminded_at + draw.expovariate(1 / 0.05)
    return 1.001 + draw.expovariate(1 / pace.lag)


def leanings(
    draw: random.Random, members: pd.DataFrame, when: list[float], traits: set[str]
) -> list[bool]:
    """What each member answers, or would."""
    level = draw.gauss(1.2, 0.8)
    groups = sorted(set(members["group"]))
    group = spread(draw, (0.2, 0.6, 1.2), groups, "groups lean unlike", traits)
    own = spread(draw, (0.0, 1.0), list(members["code"]), "members lean unlike", traits)
    by_fee, cooling = draw.gauss(0, 0.35), draw.choice([0.0, 0.0, 0.6, 1.5])
    if cooling:
        traits.add("late ones less positive" if cooling < 1 else "late ones far less positive")
    logs = [math.log(fee) for fee in members["fee"]]
    mean, sd = statistics.fmean(logs), statistics.pstdev(logs)
    place = {code: n for n, code in enumerate(codes_by(members, when))}
    return [
        draw.random()
        < logistic(
            level
            + group[g]
            + own[code]
            + by_fee * (log - mean) / sd
            - cooling * (place[code] / len(members) - 0.3)
        )
        for code, g, log in zip(members["code"], members["group"], logs, strict=True)
    ]


def codes_by(members: pd.DataFrame, when: list[float]) -> list[str]:
    """The codes in the order of the answers."""
    return [code for _, code in sorted(zip(when, members["code"], strict=True))]


def logistic(x: float) -> float:
    """The inverse of the logit."""
    return 1 / (1 + math.exp(-x))
