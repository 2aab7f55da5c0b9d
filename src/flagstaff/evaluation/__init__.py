"""Flag evaluation. `Dataset` is the interface that other tools rely on."""

from flagstaff.evaluation.dataset import Dataset

__all__ = ["Dataset"]
