"""Computes the headline numbers again from responses.csv and compares them with report.json.

Needs Python 3.8 or newer and nothing else. Run it in the folder of the unpacked bundle:

    python3 scores.py

Prints every number beside the report's. Exit code 1 when two differ by more than 1e-9.
"""
import csv
import json
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
TOLERANCE = 1e-9
csv.field_size_limit(2**31 - 1)


def table(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mean(numbers):
    return math.fsum(numbers) / len(numbers)


def variance(numbers):
    middle = mean(numbers)
    return math.fsum((number - middle) ** 2 for number in numbers) / (len(numbers) - 1)


class Item:
    """A column of answers: numbers after reversal, None where there is no answer on the scale."""

    def __init__(self, entry, rows):
        self.low, self.high = int(entry["min"]), int(entry["max"])
        turned = entry["reversed"] == "true"
        self.asked = [row[entry["column"]] != "not_shown" for row in rows]
        self.codes = []
        for row in rows:
            cell = row[entry["column"]]
            code = int(cell) if cell.lstrip("-").isdigit() else None
            self.codes.append(self.low + self.high - code if turned and code is not None else code)

    def answers(self):
        return [code for code in self.codes if code is not None]


def person_means(items):
    """Mean of a person's answers, where at least half of the items that they were asked are answered."""
    found = []
    for place in range(len(items[0].codes)):
        asked = sum(item.asked[place] for item in items)
        answers = [item.codes[place] for item in items if item.codes[place] is not None]
        if answers and 2 * len(answers) >= asked:
            found.append(mean(answers))
    return found


def score(items):
    """Mean of the item means, in points of 100."""
    middle = mean([mean(item.answers()) for item in items])
    return 100 * (middle - items[0].low) / (items[0].high - items[0].low)


def alpha(items):
    """Cronbach's alpha from the people who were asked and answered every item."""
    people = [codes for codes in zip(*(item.codes for item in items)) if None not in codes]
    k = len(items)
    of_items = math.fsum(variance(column) for column in zip(*people))
    return k / (k - 1) * (1 - of_items / variance([sum(codes) for codes in people]))


def nps(item):
    answers = item.answers()
    promoters = sum(code >= 9 for code in answers)
    critics = sum(code <= 6 for code in answers)
    return 100 * (promoters - critics) / len(answers)


def main():
    rows, dictionary = table("responses.csv"), table("dictionary.csv")
    report = json.loads((HERE / "report.json").read_text(encoding="utf-8"))
    in_csv = {
        (row["part"], row["name"], row["statistic"]): row["value"]
        for row in table("report.csv")
        if not row["split"]
    }
    worst, checked = 0.0, 0

    def check(place, compute):
        """Compares one figure with the report's, and the report's with its line in report.csv."""
        nonlocal worst, checked
        figure = report["total"]
        for key in place:
            figure = figure.get(key, {})
        name = ".".join(place)
        if "value" not in figure:
            print(f"{name:44} not given: {figure.get('undefined', 'absent')}")
            return
        ours, theirs = compute(), figure["value"]
        line = float(in_csv[(place[0], place[1], place[2] if len(place) > 2 else "value")])
        difference = max(abs(ours - theirs), abs(line - theirs))
        worst, checked = max(worst, difference), checked + 1
        mark = "" if difference <= TOLERANCE else "  DIFFERS"
        print(f"{name:44} {ours:18.12f} {theirs:18.12f}{mark}")

    dimensions, experience, single = {}, [], {}
    for entry in dictionary:
        if entry["kind"] != "code":
            continue
        if entry["dimension"]:
            dimensions.setdefault(entry["dimension"], []).append(Item(entry, rows))
            if entry["facet"] == "experience" and entry["dimension"] not in experience:
                experience.append(entry["dimension"])
        if entry["outcome"]:
            single.setdefault(entry["outcome"], Item(entry, rows))

    print(f"{'figure':44} {'computed here':>18} {'in the report':>18}")
    if experience:
        check(("quality", "score"), lambda: mean([score(dimensions[key]) for key in experience]))
    for key, items in dimensions.items():
        check(("dimensions", key, "score"), lambda: score(items))
        check(("dimensions", key, "mean"), lambda: mean(person_means(items)))
        check(("dimensions", key, "alpha"), lambda: alpha(items))
    if "nps" in single:
        check(("outcome", "nps"), lambda: nps(single["nps"]))

    print(f"{checked} figures from {len(rows)} responses; largest difference {worst:.3g}")
    return 0 if worst <= TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main())
