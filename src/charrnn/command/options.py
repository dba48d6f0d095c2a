"""What can be typed after `python -m charrnn`, and its help in both languages."""

from typing import Any, get_args

from charrnn.arguments import MOST_RATE, MOST_SEED
from charrnn.command import defaults
from charrnn.command.parsing import Parser, number
from charrnn.layers.model import LAYERS
from charrnn.layers.sampling import MOST_LETTERS
from charrnn.layers.training import MOST_EPOCHS
from charrnn.runtime import DEVICES
from charrnn.text.hangul import Spelling
from charrnn.translations import choose

TINY = 1e-12  # what has to be above 0 is at least this
NUMBERS: dict[str, tuple[type, float, float]] = {  # what each may be, ends included
    "--hidden": (int, 1, 100_000),
    "--batch": (int, 1, 2**20),
    "--steps": (int, 1, 2**20),
    "--learning-rate": (float, TINY, MOST_RATE),
    "--clip": (float, TINY, MOST_RATE),
    "--seed": (int, 0, MOST_SEED),
    "--held-out": (int, 0, 2**40),
    "--length": (int, 0, MOST_LETTERS),
    "--temperature": (float, TINY, 1e6),
    "--top-k": (int, 1, 2**20),
    "--top-p": (float, TINY, 1),
    "--epochs": (int, 1, MOST_EPOCHS),
    "--save-every": (float, 0, 86_400),
    "--threads": (int, 1, 1024),
}


def parser() -> Parser:
    """The parser of the whole command line, in the language in force."""
    top = Parser(
        prog="python -m charrnn",
        description=choose(
            "내 글로 글자 모델을 학습시키고, 글을 쓰게 합니다.",
            "Train a character model on a text of your own, and let it write.",
        ),
        epilog=choose(_EXAMPLES_KO, _EXAMPLES_EN),
    )
    commands = top.add_subparsers(
        title=choose("명령", "commands"), dest="command", metavar="COMMAND", required=True
    )

    def command(name: str, says: str) -> Parser:
        made: Parser = commands.add_parser(name, help=says, description=says)
        return made

    train = command("train", choose("글 하나로 모델을 학습시킵니다.", "train a model on a text"))
    train.add_argument(
        "text",
        metavar="TEXT",
        help=choose(
            "글이 든 파일. UTF-8, BOM이 있는 UTF-16, CP949를 읽습니다. 크기에는 제한이 없습니다.",
            "a text file of any size, in UTF-8, in UTF-16 with a BOM, or in CP949",
        ),
    )
    train.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=choose(
            "모델을 저장할 파일. 정하지 않으면 지금 폴더에 글과 같은 이름의 .pt 파일을 만듭니다. "
            "이미 있으면 이어서 학습합니다.",
            "the file for the model; otherwise the text's name with .pt, in this folder. "
            "If it is there, training goes on from it",
        ),
    )
    train.add_argument(
        "--letters",
        choices=get_args(Spelling),
        default="syllables",
        dest="spelling",
        help=choose(
            "모델이 읽는 글자. `syllables`는 글자 그대로(기본값), `jamo`는 한글을 자모로 풀어서, "
            "`bytes`는 UTF-8의 바이트로 읽습니다.",
            "what the model reads: letters as they are (`syllables`, the default), Hangul spelled "
            "by its `jamo`, or `bytes` of UTF-8",
        ),
    )
    train.add_argument(
        "--kind",
        choices=tuple(LAYERS),
        default="gru",
        help=choose("순환층의 종류 (기본값 gru)", "kind of the recurrent layer (default gru)"),
    )
    _add(train, "--hidden", 128, choose("은닉 유닛의 수", "hidden units"))
    _add(
        train,
        "--batch",
        16,
        choose(
            "나란히 읽는 자리의 수. 프로세스가 여럿이면 나누어 읽습니다",
            "places of the text read side by side, shared out among the workers",
        ),
    )
    _add(
        train,
        "--steps",
        64,
        choose("기울기가 거슬러 올라가는 글자 수", "letters that a gradient goes back through"),
    )
    _add(train, "--learning-rate", 0.005, choose("Adam의 학습률", "learning rate of Adam"))
    _add(
        train,
        "--clip",
        1.0,
        choose(
            "기울기가 이 길이를 넘으면 이 길이로 줄입니다", "gradients are clipped to this norm"
        ),
    )
    _add(train, "--seed", 0, choose("첫 가중치를 뽑는 시드", "seed of the first weights"))
    _add(
        train,
        "--held-out",
        None,
        choose(
            "배우지 않고 시험용으로 글 끝에서 떼어 두는 글자 수. 정하지 않으면 글의 "
            f"{defaults.SHARE_HELD_OUT}분의 1, 많아야 {defaults.MOST_HELD_OUT:,}글자",
            "letters at the end that are not learned but tested on; otherwise 1 in "
            f"{defaults.SHARE_HELD_OUT}, at most {defaults.MOST_HELD_OUT:,}",
        ),
    )
    _add_going_on(
        train,
        choose(
            "글을 처음부터 끝까지 읽는 횟수. 정하지 않으면 "
            f"{defaults.LETTERS_READ:,}글자쯤을 읽을 만큼, "
            f"많아야 {defaults.MOST_EPOCHS_UNASKED}번",
            "passes over the text; otherwise as many as read some "
            f"{defaults.LETTERS_READ:,} letters, at most {defaults.MOST_EPOCHS_UNASKED}",
        ),
    )

    resume = command(
        "resume", choose("멈춘 학습을 이어서 합니다.", "go on with training that was stopped")
    )
    _add_model(resume)
    resume.add_argument(
        "--text",
        metavar="TEXT",
        help=choose(
            "글을 다른 곳으로 옮겼다면 지금 있는 곳", "where the text is now, if it was moved"
        ),
    )
    _add_going_on(
        resume,
        choose(
            "전에 한 것까지 더한 횟수. 정하지 않으면 처음에 정한 만큼",
            "passes in all, those already made included; otherwise as many as were first asked for",
        ),
    )

    write = command(
        "write", choose("모델이 글을 이어서 쓰게 합니다.", "let a model go on with a text")
    )
    _add_model(write)
    write.add_argument(
        "-p",
        "--prompt",
        metavar="TEXT",
        help=choose(
            "모델이 이어서 쓸 글. 정하지 않으면 새 줄에서 시작합니다.",
            "what the model goes on with; otherwise it begins a new line",
        ),
    )
    _add(
        write,
        "--length",
        500,
        choose(
            "쓸 글자 수. 자모나 바이트를 배운 모델이면 자모나 바이트의 수",
            "letters to write; jamo or bytes if the model has learned those",
        ),
    )
    _add(
        write,
        "--temperature",
        0.8,
        choose("온도. 낮으면 얌전하게, 높으면 대담하게 씁니다", "low writes tamely, high boldly"),
    )
    _add(
        write,
        "--top-k",
        None,
        choose("가장 그럴듯한 K글자에서만 뽑습니다", "draw from the K likeliest letters only"),
    )
    _add(
        write,
        "--top-p",
        None,
        choose(
            "그럴듯한 글자부터 확률을 더해 P에 이를 때까지의 글자에서만 뽑습니다",
            "draw from the likeliest letters that add up to P only",
        ),
    )
    _add(
        write,
        "--seed",
        None,
        choose(
            "같은 시드는 같은 글을 씁니다. 정하지 않으면 쓸 때마다 다릅니다",
            "the same seed writes the same; otherwise each time is different",
        ),
    )

    _add_model(
        command(
            "info",
            choose("모델 파일에 무엇이 들었는지 보여 줍니다.", "show what is in a model file"),
        )
    )
    return top


def _add(to: Parser, name: str, default: Any, says: str) -> None:
    kind, least, most = NUMBERS[name]
    if default is not None:
        says += choose(f" (기본값 {default})", f" (default {default})")
    shown = {"--top-k": "K", "--top-p": "P"}.get(name, "N" if kind is int else "X")
    to.add_argument(name, type=number(kind, least, most), default=default, help=says, metavar=shown)


def _add_model(to: Parser) -> None:
    to.add_argument("model", metavar="MODEL", help=choose("모델 파일", "a model file"))


def _add_going_on(to: Parser, epochs: str) -> None:
    """What may be another at each start of the same training."""
    _add(to, "--epochs", None, epochs)
    _add(
        to,
        "--save-every",
        60,
        choose("이 시간(초)마다 체크포인트를 저장합니다", "seconds between two checkpoints"),
    )
    _add(
        to,
        "--threads",
        1,
        choose(
            "프로세스마다 쓰는 스레드. 은닉 유닛이 500개를 넘으면 늘려 볼 만합니다",
            "threads of each process; more may help from some 500 hidden units on",
        ),
    )
    to.add_argument(
        "--device",
        choices=("auto", *DEVICES),
        default="auto",
        help=choose(
            "계산할 곳. `auto`(기본값)는 GPU가 있으면 GPU를 씁니다.",
            "where to compute; `auto`, the default, takes a GPU if there is one",
        ),
    )


_EXAMPLES_KO = """\
보기:
  python -m charrnn train mine.txt
  python -m charrnn write mine.pt --prompt "옛날에"
  python -m charrnn resume mine.pt --epochs 20
  torchrun --standalone --nproc-per-node=2 -m charrnn train big.txt

Ctrl+C로 멈추면 그 자리에서 저장하고, resume이 거기서부터 이어서 합니다."""
_EXAMPLES_EN = """\
examples:
  python -m charrnn train mine.txt
  python -m charrnn write mine.pt --prompt "Once upon a time"
  python -m charrnn resume mine.pt --epochs 20
  torchrun --standalone --nproc-per-node=2 -m charrnn train big.txt

Ctrl+C stops and saves where it is; resume goes on from there."""
