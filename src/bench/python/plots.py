"""Draws the bars of results.json, beside it: plots.py results.json

A bar is a median, its whisker the middle half of the samples; every axis begins at zero. A solid line is a floor, a
dashed one a goal.
"""

import json
import statistics
import sys
import textwrap
from pathlib import Path

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"font.size": 9, "svg.fonttype": "none", "svg.hashsalt": "bench"})
from matplotlib import pyplot  # noqa: E402 - after the choice of what it draws with

OURS, OTHERS = "#3b6ea8", "#b7c4d4"


def quartiles(samples):
    if len(samples) == 1:
        return samples * 3
    return statistics.quantiles(samples, n=4, method="inclusive")


def draw_bar(axes, at, bar):
    low, median, high = quartiles(bar["samples"])
    whisker = [[median - low], [high - median]] if len(bar["samples"]) > 1 else None
    axes.bar(at, median, width=0.6, color=OURS if "goal" in bar else OTHERS, yerr=whisker, capsize=4)
    shown = f"{median:,.0f}" if median >= 100 else f"{median:.3g}"
    colour = "white" if "goal" in bar else "black"
    axes.annotate(shown, (at, 0), (0, 3), textcoords="offset points", ha="center", color=colour)
    for name, style in ("floor", "solid"), ("goal", "dashed"):
        if name in bar:
            axes.hlines(bar[name], at - 0.4, at + 0.4, colors="black", linestyles=style, linewidth=1.2, label=name)


def draw_plot(axes, title, bars):
    for at, bar in enumerate(bars):
        draw_bar(axes, at, bar)
    axes.set_title(title, fontsize=9)
    axes.set_xticks(range(len(bars)), [textwrap.fill(bar["name"], 10) for bar in bars], fontsize=8)
    axes.set_xlim(-0.6, len(bars) - 0.4)
    axes.set_ylim(bottom=0, top=axes.get_ylim()[1] * 1.15)
    axes.spines[["top", "right"]].set_visible(False)
    lines = dict(zip(*reversed(axes.get_legend_handles_labels())))
    if lines:
        axes.legend(lines.values(), lines.keys(), frameon=False, fontsize=8, loc="upper right", ncols=2)


def draw(file, plots, caption):
    size = (2.7 * len(plots), 3)
    figure, all_axes = pyplot.subplots(1, len(plots), figsize=size, layout="constrained", squeeze=False)
    for axes, (title, bars) in zip(all_axes[0], plots):
        draw_plot(axes, title, bars)
    figure.supxlabel(caption, fontsize=7)
    figure.savefig(file, metadata={"Date": None})


def main(results):
    found = json.loads(results.read_text())
    plots = {}
    for bar in found["bars"]:
        plots.setdefault(bar["plot"], []).append(bar)
    for file, shown in ("times.svg", ("run", "limit")), ("costs.svg", ("CPU", "memory", "Calls")):
        chosen = [(title, bars) for title, bars in plots.items() if any(word in title for word in shown)]
        if chosen:
            draw(results.with_name(file), chosen, found["machine"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
