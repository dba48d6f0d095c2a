"""What the later figures say in Korean is as true as what they say in English."""

import torch

from charrnn import lab
from charrnn.experiments.cost import StepCost


def figures():
    costs = dict.fromkeys(("rnn", "gru", "lstm"), StepCost(0.01, 0, 0, 1e-6))
    values = torch.tensor([[1.0], [-1.0], [0.5], [0.25]])
    return [
        lab.softmax({"l": 2.0, "p": 1.0, " ": 0.0, "d": -3.0}, "l"),
        lab.gate("hello", preset="fade"),
        lab.hangul("한글 a", jamo="ㄱㅏㅏ"),
        lab.sampling([3 - 0.1 * i for i in range(31)], [chr(0x61 + i) for i in range(31)], top_k=3),
        lab.inside("help", values),
        lab.cost(costs, letters=2 * 10**6, batch=8, machines=16),
    ]


def test_sentences_in_korean(open_figures):
    page = open_figures(figures, "ko")
    softmax, gate, hangul, sampling, inside, cost = page.locator(".lab").all()
    assert softmax.locator(".lab-numbers").inner_text() == (
        "확률의 합 1. 정답 l의 확률 66.2%, 손실 0.412, 한 글자의 혼란도 1.51."
    )
    said = gate.locator(".lab-sum-text").inner_text()
    assert said.startswith("1번째 글자 h: c = 0.5 × 0 + 1 × 0.4 = 0.4, h = 1 × tanh(0.4) = 0.38.")
    assert "이 자리의 기억은 끝까지 0.0625 남습니다. 마지막 셀 상태는 0.025입니다." in said
    assert "글자 4개: 음절 2개, 그 밖의 글자 2개. 자모는 모두 6개, UTF-8로 8바이트" in (
        hangul.locator(".lab-numbers").inner_text()
    )
    alone = hangul.locator(".lab-note").last.inner_text()
    assert "음절 1개로 모았습니다. 홀로 남은 자모 1개: ㅏ (3번째): 모음 뒤에 또 온 모음." in alone
    assert "31글자 가운데 3글자가 남았습니다. 잘려 나간 글자는 top-k로 28개, 뉴클리어스로 0개" in (
        sampling.locator(".lab-numbers").inner_text()
    )
    assert sampling.locator(".lab-bar-name").last.inner_text() == "나머지 19"
    told = inside.locator(".lab-stage").inner_text()
    assert "1번째 글자 h, 유닛 1: 1.000" in told and "유닛 1의 평균은 0.188입니다" in told
    assert "값이 가장 높은 글자: h (1번째) 1.000, l (3번째) 0.500" in told
    assert "가장 낮은 글자: e (2번째) −1.000, p (4번째) 0.250" in told
    answer, step = cost.locator(".lab-numbers").all_inner_texts()
    assert answer.startswith("2,000,000글자를 한 번 읽는 데 ")
    assert step.startswith("한 걸음에 8줄씩 7,813걸음, 한 걸음은 ")
    told = cost.locator(".lab-note").last.inner_text()
    assert told.startswith("가장 많이 걸리는 것은 곱셈입니다. 기계를 늘리면 나누어집니다.")
    assert told.endswith("줄이 8개뿐이라 기계 8대만 일합니다. 나머지는 빌리지 않은 것으로 셉니다.")
