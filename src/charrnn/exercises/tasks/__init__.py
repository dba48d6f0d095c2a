"""The functions that readers are asked to write, a file for each chapter that asks for one.

Each file has ``TASKS``, by the name of the function to write. Beside it stand the slips that many
make, as functions that make them: `check` knows a slip by what comes out.
"""
