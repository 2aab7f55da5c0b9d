"""The registry that every area of segment instructions adds its kinds to; `vocabulary.py` has it complete."""

from flagstaff.features.segments.model import Segment
from flagstaff.kernel.instructions import Vocabulary

KINDS: Vocabulary[Segment] = Vocabulary("segment")
