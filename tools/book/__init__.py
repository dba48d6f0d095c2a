"""What the book is: facts that the builder, the gate and the site's extension all read.

languages  the languages, in the order in which they are offered
project    the repository's address, the package's name and version
terms      the glossary: its parser, its patterns, its anchors
glossary_page  the list of its terms, as the notebooks have it
numbers    which pages have a number, and which stand behind the course
sources    the chapters as cells, each with its language
strings    texts outside the chapters that exist in every language
fault      the error of a file that cannot be read as what it should be
agreed     which texts were last read together
"""
