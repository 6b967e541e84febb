"""From what people say in their communities to insights: places, verbatims, and what becomes of them."""
