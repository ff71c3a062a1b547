"""The tables behind `masthead.reports.actors`: who is known, and what words tell a sector."""
