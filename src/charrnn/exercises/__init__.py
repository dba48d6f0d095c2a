"""What the reader answers: `ask` puts a question, `check` tries a function that the reader wrote.

question.py  the widget of a question; question.js what it looks like, question.css its style,
             answers.js what counts as an answer
check.py     a function tried case by case; tasks/ which functions, with right and wrong ones
"""

from charrnn.exercises.check import Report, check
from charrnn.exercises.question import Question, ask

__all__ = ["Question", "Report", "ask", "check"]
