"""What the reader learns from annotated texts: `links`, then `opinion`, then `trust`.

Tools, not tests: they write the network of `documents/linking`, and `opinion.npz`,
`trust.npz` and `trust_brief.npz` of `documents/judging`.
"""
