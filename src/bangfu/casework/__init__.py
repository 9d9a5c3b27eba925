"""Takes findings, an inspection's feedback and what people answer; gives tasks that end verified by somebody else.

Must not know any page. What it corrects it writes by the doors of `registry` and `ledger`, with the task as the source.
"""
