"""The figures: NAME.js draws one and NAME.py makes it, side by side."""
