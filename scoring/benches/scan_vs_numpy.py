"""Times the scan of packed answers against numpy, in turns, on the same data, both with all cores.

Run by hand from the project's root:

    cargo bench -p scoring --bench scan_runner --no-run       # says where the runner is
    python3 scoring/benches/scan_vs_numpy.py RUNNER [ROWS] [--sorted]

Both sides start from one byte an item (0..15) and end with exact histograms and, for every pair of items of
every cell, n, both sums, both sums of squares and the sum of products over the rows that answer both. numpy does
it in several ways, all from matrix products of its BLAS library, and the fastest of them counts. The results are
compared number by number. --sorted gives both sides rows that already lie cell by cell.
"""
import os
import subprocess
import sys
import tempfile
import time

import numpy as np

WIDTH, CELLS = 24, 360


def answers(rows, by_cell):
    """Ceiling-heavy answers on seven points, 5 % empty states, in cells of unequal size."""
    chance = np.random.default_rng(7)
    codes = np.minimum(7, 3 + chance.integers(0, 6, (rows, WIDTH), dtype=np.uint8)).astype(np.uint8)
    empty = chance.integers(0, 20, (rows, WIDTH), dtype=np.uint8) == 0
    codes[empty] = chance.integers(12, 16, int(empty.sum()), dtype=np.uint8)
    cells = np.minimum(chance.integers(0, CELLS, rows), chance.integers(0, CELLS, rows)).astype(np.uint32)
    if by_cell:
        order = np.argsort(cells, kind="stable")
        codes, cells = codes[order], cells[order]
    return codes, cells


def by_cell(codes, cells):
    """The rows of each cell together, as numpy needs them; free when they already are."""
    if (cells[1:] < cells[:-1]).any():
        order = np.argsort(cells, kind="stable")
        codes, cells = codes[order], cells[order]
    return codes, np.searchsorted(cells, np.arange(CELLS + 1))


def histograms(codes, ends):
    place = np.arange(WIDTH, dtype=np.int32) * 16
    counts = np.empty((CELLS, WIDTH * 16), np.int64)
    for cell in range(CELLS):
        part = codes[ends[cell]:ends[cell + 1]]
        counts[cell] = np.bincount((part + place).ravel(), minlength=WIDTH * 16)
    return counts.reshape(CELLS, WIDTH, 16)


def four_products(codes, ends, kind):
    """M'M, X'M, (X²)'M and X'X of each cell."""
    out = np.empty((CELLS, 4, WIDTH, WIDTH))
    for cell in range(CELLS):
        part = codes[ends[cell]:ends[cell + 1]]
        mask = part <= 11
        m = mask.astype(kind)
        x = part * m
        out[cell] = m.T @ m, x.T @ m, (x * x).T @ m, x.T @ x
    return out


def one_product(codes, ends, kind):
    """Z'Z of each cell with Z = (M, X, X²): one large symmetric product."""
    out = np.empty((CELLS, 4, WIDTH, WIDTH))
    for cell in range(CELLS):
        part = codes[ends[cell]:ends[cell + 1]]
        z = np.empty((len(part), 3, WIDTH), kind)
        np.less_equal(part, 11, out=z[:, 0], casting="unsafe")
        np.multiply(part, z[:, 0], out=z[:, 1])
        np.multiply(z[:, 1], z[:, 1], out=z[:, 2])
        z = z.reshape(len(part), 3 * WIDTH)
        g = (z.T @ z).reshape(3, WIDTH, 3, WIDTH)
        out[cell] = g[0, :, 0], g[1, :, 0], g[2, :, 0], g[1, :, 1]
    return out


def x_alone(codes, ends, kind):
    """X'X of each cell and nothing else: the least that any pairwise sum needs; not the same work."""
    out = np.empty((CELLS, WIDTH, WIDTH))
    for cell in range(CELLS):
        x = codes[ends[cell]:ends[cell + 1]].astype(kind)
        out[cell] = x.T @ x
    return out


def numpy_run(way, kind, codes, cells):
    start = time.perf_counter()
    codes, ends = by_cell(codes, cells)
    counts, sums = histograms(codes, ends), way(codes, ends, kind)
    return time.perf_counter() - start, counts, sums


def in_our_order(counts, sums):
    upper = np.triu_indices(WIDTH)
    n, s, q, p = (sums[:, k] for k in range(4))
    turn = lambda a: a.transpose(0, 2, 1)
    pairs = np.stack([a[:, upper[0], upper[1]] for a in (n, s, turn(s), q, turn(q), p)], axis=2)
    return np.concatenate([counts.reshape(CELLS, -1), pairs.reshape(CELLS, -1)], axis=1).astype(np.uint64)


def cpu(process):
    """CPU seconds of all threads of a process so far."""
    fields = open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    runner, rows = arguments[0], int(float(arguments[1])) if len(arguments) > 1 else 1_000_000
    codes, cells = answers(rows, "--sorted" in sys.argv)
    rounds = 5 if rows <= 2_000_000 else 2
    ways = {
        f"{name}, {kind.__name__}": (way, kind)
        for kind in (np.float32, np.float64)
        for name, way in (("four products", four_products), ("one product", one_product), ("X'X alone", x_alone))
    }
    best = {name: [float("inf")] * 2 for name in ["scan", *ways]}
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, name) for name in ("rows", "cells", "dump")]
        codes.tofile(files[0])
        cells.tofile(files[1])
        scan = subprocess.Popen(
            [runner, files[0], files[1], str(WIDTH), str(CELLS), str(os.cpu_count())],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        ask = lambda line: (scan.stdin.write(line + "\n"), scan.stdout.readline())[1]
        ask("dump " + files[2])
        scan.stdout.readline()
        ours = np.fromfile(files[2], np.uint64).reshape(CELLS, -1)
        for _ in range(rounds):
            before = cpu(scan.pid)
            seconds = float(ask("run"))
            best["scan"] = list(map(min, best["scan"], (seconds, cpu(scan.pid) - before)))
            for name, (way, kind) in ways.items():
                before = time.process_time()
                seconds, counts, sums = numpy_run(way, kind, codes, cells)
                best[name] = list(map(min, best[name], (seconds, time.process_time() - before)))
                if way is not x_alone:
                    assert np.array_equal(in_our_order(counts, sums), ours), name
        scan.stdin.close()
        scan.wait()
    order = "by cell" if "--sorted" in sys.argv else "in any order"
    print(f"\n{rows:,} rows x {WIDTH} items, {CELLS} cells, rows {order}; {os.cpu_count()} cores; best of {rounds} rounds")
    print(f"numpy {np.__version__}; all counts equal\n")
    print("| way | seconds | times the scan | CPU seconds | times the scan | CPU ns a row |\n|---|---|---|---|---|---|")
    for name, (wall, used) in best.items():
        of_wall, of_used = wall / best["scan"][0], used / best["scan"][1]
        print(f"| {name} | {wall:.3f} | {of_wall:.1f} | {used:.2f} | {of_used:.1f} | {used / rows * 1e9:.0f} |")


main()
