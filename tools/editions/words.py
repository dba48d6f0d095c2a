"""What the editions say beside the text of the chapters."""

WORDS = {
    "ko": {
        "contents": "차례",
        "appendix": "부록 {n}",
        "page": "{n}쪽",
        "question": "물음 {n}",
        "answer": "답 보기",
        "solution": "풀이 보기",
        "folded": "코드 {n}",
        "solutions": "연습 문제 풀이",
        "answers": "물음의 답",
        "code": "접어 둔 코드",
        "solutions_lead": "먼저 스스로 풀어 보고 나서 펼치기를 권합니다.",
        "solutions_pages": "쪽 번호는 그 문제가 있는 곳입니다.",
        "answers_lead": "본문과 연습 문제에 나온 물음의 답입니다.",
        "answers_pages": "쪽 번호는 그 물음이 있는 곳입니다.",
        "code_lead": "웹에서 접혀 있는 코드입니다. 그림을 그린 코드, 문장을 확인하는 코드(✓), "
        "패키지에 든 코드가 나온 차례대로 모여 있습니다.",
        "code_pages": "쪽 번호는 그 코드가 쓰인 곳입니다.",
        "living": "움직여 볼 수 있는 그림은 여기에 있습니다.",
        "key": "모든 물음의 답은 책 뒤의 “{title}”에 있습니다.",
        "edition": "판",
        "web": "웹에서 읽기",
        "licence": "글과 그림은 CC BY 4.0, 코드는 MIT 이용 허락을 따릅니다. 나누어 주고, 고치고, "
        "수업에 써도 좋습니다.",
        "made": "본문에 나오는 결과와 그림은 책을 만들 때 실제로 실행해서 얻은 것입니다.",
        "set_in": "글꼴은 Noto Sans KR, D2Coding, STIX Two Math, DejaVu Sans이고, 모두 자유롭게 쓸 "
        "수 있습니다.",
        "authors": "이 책을 지은 사람들",
        "subject": "글자 하나씩 읽고 쓰는 순환 신경망을 처음부터 만들며 배우는 책",
        "handouts": "연습 문제 모음",
        "back": "본문으로",
        "begins": "본문 시작",
        "access": "그림마다 보이는 것을 말하는 글이 있고, 수식은 MathML입니다. 차례는 장과 절까지 "
        "있고, 글자 크기와 색은 읽는 기기에서 고를 수 있습니다.",
        "name": "이름",
        "date": "날짜",
        "read_me": """\
RNN, 한 글자씩
판: {edition}

index.html을 두 번 누르면 책이 열립니다. 인터넷도 서버도 필요 없습니다.

editions    PDF와 EPUB으로 만든 책, 연습 문제 모음
notebooks   실행해 볼 수 있는 노트북. PyTorch, NumPy, Matplotlib, ipywidgets, JupyterLab이 설치된
            컴퓨터에서 엽니다. 맨 위의 칸이 이 책의 패키지를 notebooks/wheels에서 설치하므로
            인터넷이 없어도 됩니다. 노트북을 다른 폴더로 옮기지 마십시오.
""",
    },
    "en": {
        "contents": "Contents",
        "appendix": "Appendix {n}",
        "page": "p. {n}",
        "question": "Question {n}",
        "answer": "Answer",
        "solution": "Solution",
        "folded": "Code {n}",
        "solutions": "Solutions to the exercises",
        "answers": "Answers to the questions",
        "code": "Folded code",
        "solutions_lead": "Try first, then look.",
        "solutions_pages": "The page number says where the exercise is.",
        "answers_lead": "The answers to the questions in the text and in the exercises.",
        "answers_pages": "The page number says where the question is.",
        "code_lead": "What the web pages keep folded, in the order of the text: the code that drew "
        "a picture, the check of a sentence (✓), code of the package.",
        "code_pages": "The page number says where it is used.",
        "living": "The figure that you can play with is here:",
        "key": "The answers to all questions are at the back of the book, under “{title}”.",
        "edition": "Edition",
        "web": "Read it on the web",
        "licence": "Prose and pictures are under CC BY 4.0, code under the MIT licence: share it, "
        "change it, teach with it.",
        "made": "Every result and every picture comes from a run made when the book was built.",
        "set_in": "Set in Source Serif 4, Noto Sans KR, D2Coding, STIX Two Math and DejaVu Sans, "
        "all of them free.",
        "authors": "the authors of the book",
        "subject": "A book that builds a recurrent neural network from nothing, one letter at a "
        "time",
        "handouts": "Exercise sheets",
        "back": "back to the text",
        "begins": "Where the text begins",
        "access": "Every picture has a text that says what it shows, and formulas are MathML. The "
        "contents lead to chapters and sections. Size and colour of the letters are the reader's.",
        "name": "Name",
        "date": "Date",
        "read_me": """\
RNN, one letter at a time
Edition: {edition}

Double-click index.html to open the book. It needs neither the internet nor a server.

editions    the book as a PDF and as an EPUB, and its exercises as sheets
notebooks   to run it yourself, on a machine with PyTorch, NumPy, Matplotlib, ipywidgets and
            JupyterLab. The first cell installs the package of this book from notebooks/wheels, so
            no internet is needed. Leave the notebooks in their folder.
""",
    },
}
