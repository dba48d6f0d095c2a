"""The book as one takes it along: PDF, EPUB, handouts, a folder that needs no network.

All of them are made from the built pages, _build/html, which stay what they are.

words      what the editions say beside the text of the chapters, in each language
fonts      the fonts that the PDFs are set in, fetched once and checked
chapter    a built page as a part of a longer document
gathering  solutions, answers and folded code, taken to the back, with links both ways
document   title page, contents, chapters and back of the book as one page of HTML
handouts   the exercises of each chapter on a sheet
printing   HTML to PDF with the browser of the tests; the numbers of pages; metadata
ebook      that document as an EPUB
folder     the whole book as a folder to open by a double click, and the zip of it
"""
