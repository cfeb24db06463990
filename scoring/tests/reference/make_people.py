"""Makes own_people.json: synthetic people, and what weighting and the careless indices must give for them.

Run by hand from this folder: python3 make_people.py > own_people.json   (needs numpy and scipy)
Every figure is computed person by person in floating point, by another way than the crate where there is one:
raking weights as the root of the dual equations, t intervals of two groups by SciPy's own test, distances with the
inverse matrix. Answers are written as in own.json.
"""
import json
import math
import sys

import numpy as np
import scipy
from scipy import optimize, stats

Z = stats.norm.ppf(0.975)
NONE = set("sad-")


def undefined(reason, n):
    return {"undefined": reason, "n": int(n)}


def figure(value, n, ci):
    return {"value": float(value), "n": int(n), "ci95": ci}


def t_ci(value, se, n):
    if n < 2:
        return undefined("one answer only", n)
    if se == 0:
        return undefined("no variance", n)
    half = stats.t.ppf(0.975, n - 1) * se
    return [value - half, value + half]


def normal_ci(value, variance, n):
    if n < 2:
        return undefined("one answer only", n)
    if variance < 1e-20:
        return undefined("no variance", n)
    return [value - Z * math.sqrt(variance), value + Z * math.sqrt(variance)]


def wilson(p, n):
    z2 = Z * Z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return [max(0.0, centre - half), min(1.0, centre + half)]


def answers(case, people):
    """A people by items table of answers after reversal, nan where there is none."""
    table = np.full((len(people), len(case["items"])), np.nan)
    for i, row in enumerate(people):
        for j, (text, item) in enumerate(zip(row.split(), case["items"])):
            if text not in NONE:
                x = int(text)
                table[i, j] = item["min"] + item["max"] - x if item.get("reversed") else x
    return table


def weighted_mean(x, w, variance_of):
    """Figure of a weighted mean; variance_of turns everybody's pulls into a variance, given the answerers."""
    has = ~np.isnan(x)
    n = int(has.sum())
    if n == 0:
        return undefined("no answers", 0)
    m = (w[has] * x[has]).sum() / w[has].sum()
    pull = np.where(has, (np.nan_to_num(x) - m) / w[has].sum(), 0.0)
    if np.ptp(x[has]) == 0:
        m, pull = x[has][0], np.zeros(len(x))
    return figure(m, n, t_ci(m, math.sqrt(variance_of(pull, n)), n))


def weighted_share(x, w, threshold):
    has = ~np.isnan(x)
    n = int(has.sum())
    if n == 0:
        return undefined("no answers", 0)
    v = w[has]
    p = v[x[has] >= threshold].sum() / v.sum()
    p = 1.0 if (x[has] >= threshold).all() else p
    return figure(p, n, wilson(p, v.sum() ** 2 / (v**2).sum()))


def half_rule(case, people, places):
    table = answers(case, people)[:, places]
    asked = np.array([[row.split()[j] != "-" for j in places] for row in people]).reshape(len(people), len(places))
    scores = np.full(len(people), np.nan)
    for i in range(len(people)):
        given = table[i][~np.isnan(table[i])]
        if len(given) >= max(1, math.ceil(asked[i].sum() / 2)):
            scores[i] = given.mean()
    return scores


def dimension_score(case, people, w, places, variance_of):
    table = answers(case, people)[:, places]
    has = ~np.isnan(table)
    n = int(has.any(axis=1).sum())
    used = [j for j in range(len(places)) if has[:, j].any()]
    if not used:
        return undefined("no answers", 0)
    low, high = case["items"][places[0]]["min"], case["items"][places[0]]["max"]
    unit = 100 / (high - low) / len(used)
    value, pull = 0.0, np.zeros(len(people))
    for j in used:
        v = w * has[:, j]
        x = np.nan_to_num(table[:, j])
        m = (v * x).sum() / v.sum()
        value += unit * (m - low)
        pull += unit * has[:, j] * (x - m) / v.sum()
    pull[np.abs(pull) < 1e-15] = 0.0
    return figure(value, n, normal_ci(value, variance_of(pull, None), n))


def quality(case, people, w, dimensions, variance_of):
    scores = {key: half_rule(case, people, places) for key, places in dimensions.items()}
    n = int(np.any([~np.isnan(s) for s in scores.values()], axis=0).sum())
    parts = [dimension_score(case, people, w, places, variance_of) for places in dimensions.values()]
    if n == 0:
        return undefined("no answers", 0)
    if any("undefined" in part for part in parts):
        return undefined("a dimension has no answers", n)
    value = float(np.mean([part["value"] for part in parts]))
    if any((~np.isnan(s)).sum() == 1 for s in scores.values()):
        return figure(value, n, undefined("one answer only", n))
    pull = np.zeros(len(people))
    for key, s in scores.items():
        item = case["items"][dimensions[key][0]]
        has = ~np.isnan(s)
        v = w * has
        m = (v * np.nan_to_num(s)).sum() / v.sum()
        unit = 100 / (item["max"] - item["min"]) / len(scores)
        pull += unit * has * (np.nan_to_num(s) - m) / v.sum()
    return figure(value, n, normal_ci(value, variance_of(pull, n), n))


def report(case, people, w, variance_of):
    """The weighted side of a weights report."""
    keys = [item["key"] for item in case["items"]]
    table = answers(case, people)
    experience = {
        d["key"]: [keys.index(k) for k in d["items"]] for d in case["dimensions"] if d["facet"] == "experience"
    }
    items = {}
    for j, item in enumerate(case["items"]):
        top = item.get("top_box", item["max"] - 1)
        items[item["key"]] = {
            "mean": weighted_mean(table[:, j], w, variance_of),
            "top_box": weighted_share(table[:, j], w, top),
        }
    nps = table[:, keys.index(case["outcomes"]["nps"])]
    points = np.where(np.isnan(nps), np.nan, np.where(nps >= 9, 100.0, np.where(nps <= 6, -100.0, 0.0)))
    csat = table[:, keys.index(case["outcomes"]["csat"])]
    overall = [keys.index(k) for k in case["outcomes"]["overall"]]
    n = len(people)
    everybody = lambda value: {"value": float(value), "n": n} if n else undefined("no answers", 0)
    return {
        "n": n,
        "design_effect": everybody(n * (w**2).sum() / w.sum() ** 2 if n else 0),
        "n_eff": everybody(w.sum() ** 2 / (w**2).sum() if n else 0),
        "max_weight": everybody(w.max() / w.mean() if n else 0),
        "items": items,
        "dimensions": {k: dimension_score(case, people, w, p, variance_of) for k, p in experience.items()},
        "quality": quality(case, people, w, experience, variance_of),
        "overall": weighted_mean(half_rule(case, people, overall), w, variance_of),
        "nps": weighted_mean(points, w, variance_of),
        "csat": weighted_share(csat, w, 4),
    }


LAYOUT = {
    "items": [
        {"key": "s1", "min": 1, "max": 5},
        {"key": "s2", "min": 1, "max": 5, "reversed": True},
        {"key": "s3", "min": 1, "max": 5, "top_box": 5},
        {"key": "c1", "min": 1, "max": 7},
        {"key": "c2", "min": 1, "max": 7},
        {"key": "o", "min": 1, "max": 5},
        {"key": "r", "min": 0, "max": 10},
    ],
    "dimensions": [
        {"key": "speed", "facet": "experience", "items": ["s1", "s2", "s3"]},
        {"key": "care", "facet": "experience", "items": ["c1", "c2"]},
    ],
    "outcomes": {"overall": ["o"], "nps": "r", "csat": "o"},
}


def draw(rng, n, states, lean):
    """People whose answers lean to the top; a part of the answers is an empty state."""
    rows = []
    for _ in range(n):
        mood = rng.normal(lean, 0.6)
        row = []
        for item in LAYOUT["items"]:
            if rng.random() < states:
                row.append(rng.choice(list("sad-")))
                continue
            u = 1 / (1 + math.exp(-mood - rng.normal(0, 0.8)))
            x = int(min(item["max"], item["min"] + math.floor(u * (item["max"] - item["min"] + 1))))
            row.append(str(item["min"] + item["max"] - x if item.get("reversed") else x))
        rows.append(" ".join(row))
    return rows


def given(pull, n, w):
    return (w**2 * pull**2).sum() * (1 if n is None else n / max(n - 1, 1))


def weighted_cases():
    rng = np.random.default_rng(11)
    top = "5 1 5 7 7 5 10"
    people = {
        "complete": draw(rng, 60, 0.0, 1.0),
        "with states": draw(rng, 60, 0.3, 0.5),
        "ceiling": draw(rng, 50, 0.05, 4.0),
        "unanimous": [top] * 12,
        "one": ["4 2 3 5 6 4 8"],
        "two": ["4 2 3 5 6 4 8", "5 1 s 7 - 5 10"],
        "nobody": [],
        "nobody answers": ["s a d - s s s", "- - - - - - -"],
        "a dimension without answers": ["4 2 3 s s 4 8", "5 1 4 - - 3 6", "2 2 2 a d 1 0"],
    }
    for name, rows in people.items():
        w = np.round(np.exp(rng.normal(0, 0.7, len(rows))), 6)
        case = dict(LAYOUT, id=f"weights: {name}", kind="rows", rows=rows, weights=w.tolist())
        yield case, report(case, rows, w, lambda pull, n: given(pull, n, w))


def raked(classes, counts, margins):
    """Weights exp(sum of multipliers) that meet the margins, by the root of the dual equations, and residuals."""
    total = sum(counts)
    targets = [np.array(m) / sum(m) * total for m in margins]
    columns = [(k, l) for k, m in enumerate(margins) for l in range(len(m))]
    design = np.array([[1.0 if c[k] == l else 0.0 for k, l in columns] for c in classes])
    goal = np.concatenate(targets)
    n = np.array(counts, float)
    gap = lambda b: design.T @ (n * np.exp(design @ b)) - goal
    jacobian = lambda b: design.T @ ((n * np.exp(design @ b))[:, None] * design)
    b = np.zeros(len(columns))
    for _ in range(200):
        b = b - np.linalg.lstsq(jacobian(b), gap(b), rcond=1e-12)[0]
    assert np.abs(gap(b)).max() < 1e-9
    return np.exp(design @ b), design


def raking_cases():
    rng = np.random.default_rng(12)
    plans = {
        "two margins": ([[i, j] for i in range(3) for j in range(2)], [30, 25, 41, 22, 35, 60], [[300, 500, 200], [450, 550]]),
        "one margin": ([[i] for i in range(3)], [40, 21, 64], [[5, 2, 3]]),
        "an empty class": ([[0, 0], [0, 1], [1, 0], [1, 1]], [30, 0, 28, 25], [[0.4, 0.6], [0.75, 0.25]]),
    }
    for name, (classes, counts, margins) in plans.items():
        weights, design = raked(classes, counts, margins)
        rows = [draw(rng, n, 0.2, 0.4 + 0.4 * i) for i, n in enumerate(counts)]
        people = [row for block in rows for row in block]
        home = np.repeat(np.arange(len(classes)), counts)
        w, x = weights[home], design[home]

        def calibrated(pull, n, w=w, x=x):
            fit = x @ np.linalg.lstsq(x, pull, rcond=None)[0]
            return ((w * (pull - fit)) ** 2).sum() * len(w) / (len(w) - 1)

        case = dict(LAYOUT, id=f"raking: {name}", kind="raking", classes=classes, margins=margins, rows=rows)
        used = [float(v) if n else None for v, n in zip(weights, counts)]
        yield case, dict(report(case, people, w, calibrated), weights=used)


def r_indicator(classes):
    n = np.array([c[0] for c in classes], float)
    p = np.array([c[1] / c[0] for c in classes])
    total, mean = n.sum(), sum(c[1] for c in classes) / n.sum()
    between = (n * (p - mean) ** 2).sum()
    chance = ((1 - n / total) * n / (n - 1) * p * (1 - p)).sum()
    k, unit = len(n) - 1, chance / (len(n) - 1)
    r = lambda square: max(0.0, 1 - 2 * math.sqrt(max(0.0, square) / (total - 1)))

    def at(p):
        f = lambda lam: stats.ncx2.cdf(between / unit, k, lam) - p
        if stats.chi2.cdf(between / unit, k) <= p:
            return 0.0
        return optimize.brentq(f, 1e-9, 4 * between / unit + 100, xtol=1e-11, rtol=1e-14)

    spread = math.sqrt(max(0.0, between - chance) / (total - 1))
    return {
        "value": r(between - chance), "n": int(total), "ci95": [r(at(0.025) * unit), r(at(0.975) * unit)],
        "unadjusted": r(between), "response_rate": mean, "largest_bias": spread / mean,
    }


def response_cases():
    plans = {
        "alike": [[400, 121], [200, 60], [150, 44]],
        "unlike": [[300, 45], [200, 61], [100, 44], [100, 62], [50, 37]],
        "two": [[1200, 130], [800, 160]],
    }
    for name, classes in plans.items():
        yield {"id": f"r-indicator: {name}", "kind": "r_indicator", "classes": classes}, r_indicator(classes)


def mean_figure(x):
    n = len(x)
    if n == 0:
        return undefined("no answers", 0)
    se = x.std(ddof=1) / math.sqrt(n) if n > 1 and np.ptp(x) > 0 else 0.0
    return figure(x.mean(), n, t_ci(x.mean(), se, n))


def early_late(early, late):
    n = len(early) + len(late)
    if n == 0:
        return undefined("no answers", 0)
    if min(len(early), len(late)) < 2:
        return undefined("a group has fewer than two answers", n)
    if np.ptp(early) == 0 and np.ptp(late) == 0:
        return undefined("no variance", n)
    test = stats.ttest_ind(late, early, equal_var=False)
    ci = test.confidence_interval(0.95)
    se = math.sqrt(early.var(ddof=1) / len(early) + late.var(ddof=1) / len(late))
    return {
        "value": late.mean() - early.mean(), "n": n, "se": se, "df": float(test.df), "ci95": [ci.low, ci.high],
        "early": mean_figure(early), "late": mean_figure(late),
    }


def effort(levels):
    r = np.concatenate([np.full(len(x), float(k)) for k, x in levels] or [[]])
    x = np.concatenate([np.array(x, float) for _, x in levels] or [[]])
    n = len(x)
    out = {"n": n, "levels": [], "trend": None}
    for k, answers in levels:
        share = figure(len(answers) / n, n, wilson(len(answers) / n, n)) if n else undefined("no answers", 0)
        out["levels"].append({"reminders": k, "n": len(answers), "share": share, "mean": mean_figure(np.array(answers, float))})
    if n == 0:
        out["trend"] = undefined("no answers", 0)
    elif len(set(r)) < 2:
        out["trend"] = undefined("fewer than two groups", n)
    elif n < 3:
        out["trend"] = undefined("fewer than 3 points", n)
    else:
        design = np.column_stack([np.ones(n), r])
        b = np.linalg.lstsq(design, x, rcond=None)[0]
        e = x - design @ b
        if np.abs(e).max() < 1e-12:
            out["trend"] = undefined("no variance", n)
            return out
        bread = np.linalg.inv(design.T @ design)
        cov = n / (n - 2) * bread @ (design.T @ (e[:, None] ** 2 * design)) @ bread
        se = math.sqrt(cov[1, 1])
        half = stats.t.ppf(0.975, n - 2) * se
        out["trend"] = {"value": b[1], "n": n, "se": se, "ci95": [b[1] - half, b[1] + half]}
    return out


def effort_cases():
    rng = np.random.default_rng(13)
    some = lambda n, p: rng.choice([1, 2, 3, 4, 5], n, p=p).tolist()
    happy, sour = [0.01, 0.03, 0.06, 0.3, 0.6], [0.1, 0.2, 0.3, 0.2, 0.2]
    groups = {
        "usual": (some(80, happy), some(35, sour)), "small": (some(4, sour), some(2, sour)),
        "one flat": ([5] * 9, some(12, sour)), "both flat": ([5] * 9, [4] * 3), "too few": ([4], some(8, happy)),
        "none": ([], []),
    }
    for name, (a, b) in groups.items():
        yield (
            {"id": f"early and late: {name}", "kind": "early_late", "early": a, "late": b},
            early_late(np.array(a, float), np.array(b, float)),
        )
    levels = {
        "usual": [[0, some(90, happy)], [1, some(40, happy)], [2, some(25, sour)]],
        "gaps": [[0, some(7, sour)], [1, []], [3, some(5, happy)]],
        "one level": [[0, some(7, sour)], [1, []]], "two people": [[0, [4]], [1, [5]]],
        "on a line": [[0, [5, 5]], [1, [4, 4]], [2, [3]]], "none": [[0, []]],
    }
    for name, list_ in levels.items():
        yield {"id": f"effort: {name}", "kind": "effort", "levels": list_}, effort(list_)


def careless_cases():
    rng = np.random.default_rng(14)
    items = [{"key": f"q{i}", "min": 1, "max": 5, "reversed": i % 4 == 1} for i in range(16)]
    dimensions = [{"key": f"d{d}", "facet": "experience", "items": [f"q{2 * d}", f"q{2 * d + 1}"]} for d in range(8)]
    earlier = rng.integers(1, 6, (60, 16))
    rows = [" ".join(map(str, rng.integers(1, 6, 16))) for _ in range(12)]
    rows += ["5 " * 15 + "5", "5 " * 7 + "s " + "5 " * 7 + "5", " ".join("-" * 16), "3 " + " ".join("s" * 15)]
    rows += [" ".join(rng.choice(list("12345sad-"), 16)) for _ in range(8)]
    mean, cov = earlier.mean(axis=0), np.cov(earlier.T)
    expected = []
    for row in rows:
        codes = row.split()
        given_ = [i for i, c in enumerate(codes) if c not in NONE]
        x = np.array([int(codes[i]) for i in given_], float)
        run, longest = 0, 0
        for i, v in enumerate(x):
            run = run + 1 if i and v == x[i - 1] else 1
            longest = max(longest, run)
        pairs = []
        for d in range(8):
            pair = [codes[2 * d], codes[2 * d + 1]]
            if not NONE & set(pair):
                u = [6 - int(c) if items[2 * d + k]["reversed"] else int(c) for k, c in enumerate(pair)]
                pairs.append(u)
        r = None
        if len(pairs) >= 3 and np.ptp([p[0] for p in pairs]) > 0 and np.ptp([p[1] for p in pairs]) > 0:
            r = np.corrcoef(np.array(pairs, float).T)[0, 1]
            r = float(max(-1.0, 2 * r / (1 + r))) if r > -1 / 3 else -1.0
        d2 = p = None
        if len(given_):
            off = x - mean[given_]
            d2 = float(off @ np.linalg.inv(cov[np.ix_(given_, given_)]) @ off)
            p = float(stats.chi2.sf(d2, len(given_)))
        flags = []
        dims = len({i // 2 for i in given_})
        if len(x) >= 8 and longest == len(x) and dims >= 2:
            flags.append("longstring")
        if len(x) >= 8 and np.ptp(x) == 0:
            flags.append("irv")
        if len(x) and 30 / len(x) < 2:
            flags.append("fast")
        if r is not None and len(pairs) >= 6 and r < 0.3:
            flags.append("even_odd")
        if p is not None and p < 0.001:
            flags.append("mahalanobis")
        expected.append({
            "rated": len(x), "longstring": longest, "irv": float(x.std(ddof=1)) if len(x) > 1 else None,
            "seconds_per_item": 30 / len(x) if len(x) else None, "even_odd": r, "even_odd_pairs": len(pairs),
            "d2": d2, "p": p, "flags": flags,
        })
    case = {
        "id": "careless indices", "kind": "careless", "items": items, "dimensions": dimensions,
        "outcomes": {}, "earlier": [" ".join(map(str, row)) for row in earlier], "rows": rows, "seconds": 30,
    }
    yield case, expected


def main():
    cases = []
    for make in (weighted_cases, raking_cases, response_cases, effort_cases, careless_cases):
        for case, expected in make():
            cases.append(dict(case, expected=expected))
    tool = f"Python {sys.version.split()[0]}; numpy {np.__version__}; scipy {scipy.__version__}"
    file = {"title": "Synthetic people: weights, non-response, careless answers", "tool": tool,
            "tolerance": {"abs": 1e-9}, "cases": cases}
    head, layout = json.dumps({k: v for k, v in file.items() if k != "cases"}), None
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    print(head[:-1] + ', "cases": [\n' + lines + "\n]}")


main()
