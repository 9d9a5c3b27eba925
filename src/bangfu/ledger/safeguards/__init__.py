"""三保障 (义务教育, 基本医疗, 住房安全) and 饮水安全 of one household as lights: green, yellow, red, unknown.

Each has its rule in words and the facts behind it with their sources. What nobody knows is never green.
"""

from bangfu.ledger.safeguards.facts import lights_of
from bangfu.ledger.safeguards.light import Fact, Light, Person

__all__ = ["Fact", "Light", "Person", "lights_of"]
