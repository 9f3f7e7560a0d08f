"""Where the data files of the package lie."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def packaged(*parts: str) -> Path:
    """Path of a data file or folder by its parts below the package: ``packaged("programs", "rules.toml")``.

    By path, for an installed package lies unpacked: ``importlib.resources`` would read from an
    archive too, and with the archive modules it imports costs 1 MiB and 10 ms.
    """
    return _ROOT.joinpath(*parts)
