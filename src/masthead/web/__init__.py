"""The server of `masthead serve`: the API (docs/api.md) and the page, for one case, on loopback.

`desk` keeps what the ledger and the lake hold in memory and notices when they change; `app` puts
the routes of `routes/` on it; `security` stands before all of them.
"""
