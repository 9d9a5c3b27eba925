"""Takes what the stations hold and what people type; gives pages (工作台), one subfolder per station.

Must not know any model: views fetch through queries, call actions, render. Who may open what stands in `access.ROUTES`.
"""
