"""Reading text in five languages: words, sentences, numbers, quantities, dates, typography, language data. Pure."""
