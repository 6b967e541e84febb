"""What the field teaches: verbatims, quizzes and experiments on their way to insights."""
