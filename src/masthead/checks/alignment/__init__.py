"""Who stands where: the actor network, each state's stance toward the blockade, claims against
counter-claims, all from words and each with its events."""

from masthead.checks.alignment.disputes import Claim, Dispute, disputes
from masthead.checks.alignment.network import Edge, Network, Node, network
from masthead.checks.alignment.stances import Stance, stances

__all__ = [
    "Claim", "Dispute", "Edge", "Network", "Node", "Stance", "disputes", "network", "stances",
]  # fmt: skip
