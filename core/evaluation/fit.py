"""`python -m core.evaluation.fit NAME --data DIR`: learns shipped weights anew, from sets that allow it."""

import argparse
import json
from pathlib import Path

from core.evaluation import dialogs, reports, requests
from core.evaluation.fitting import Fit
from core.evaluation.talks import links
from core.rules import dialogs as dialog_rules
from core.rules import reports as report_rules
from core.rules import requesting, weights
from core.rules.linking import network

OUT = Path(weights.__file__).parent

FITS: dict[str, Fit] = {
    dialog_rules.WEIGHTS: dialogs.FEATURE_FIT,
    requesting.WEIGHTS: requests.FIT,
    network.WEIGHTS: links.FIT,
    report_rules.WEIGHTS: reports.FIT,
}
"""By the name of the weights."""


def fit(name: str, data: Path, out: Path = OUT) -> Path:
    """Learns the weights of that name and writes them; the same rows and seed give the same file."""
    how = FITS[name]
    learned = how.learn(data, how.seed)
    told = {
        "made_by": f"python -m core.evaluation.fit {name} --data DIR",
        "files": list(how.files),
        "licence": how.licence,
        "seed": how.seed,
        "values": learned.values,
        "learned_from": sorted(learned.learned_from),
    }
    file = out / f"{name}.json"
    file.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return file


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=sorted(FITS))
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    fit(given.name, given.data)
