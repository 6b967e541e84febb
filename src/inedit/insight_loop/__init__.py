"""From what people say and do to insights: places, verbatims, codes, experiments, what communities return."""
