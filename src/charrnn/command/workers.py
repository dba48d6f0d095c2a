"""The processes that train one model together, as torchrun starts them; by itself, just one.

torchrun tells each process its place in environment variables (RANK, LOCAL_RANK, WORLD_SIZE). They
talk through torch.distributed: gloo between processors, nccl between GPUs. Worker 0 alone writes
and shows anything.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import torch
from torch import Tensor, nn

from charrnn.runtime import DEVICES, has_device
from charrnn.translations import choose

if TYPE_CHECKING:  # a build of PyTorch may lack torch.distributed
    from torch.distributed.distributed_c10d import Store

# Worker 0 may read a text of many gigabytes while the others wait.
PATIENCE = timedelta(hours=2)


class WorkerError(ValueError):
    """A device or a way to work together that is not there."""


@dataclass(frozen=True)
class Workers:
    """This process among ``count``: its ``rank`` of all, ``local`` of those on the same host."""

    rank: int
    local: int
    count: int
    device: torch.device

    @property
    def leads(self) -> bool:
        """Whether this is worker 0."""
        return self.rank == 0

    def gather(self, value: Any) -> list[Any]:
        """What each worker hands over, by rank; all have to call this together."""
        if self.count == 1:
            return [value]
        found: list[Any] = [None] * self.count
        torch.distributed.all_gather_object(found, value)
        return found

    def same(self, value: Any) -> Any:
        """What worker 0 hands over; all have to call this together."""
        if self.count == 1:
            return value
        told = [value]
        torch.distributed.broadcast_object_list(told, src=0)
        return told[0]

    def only(self, chosen: bool, make: Callable[[], Any]) -> Any:
        """Call ``make`` where ``chosen`` is True; the first error is raised on every worker.

        So no worker waits for one that has failed. Elsewhere the result is None.
        """
        made, error = None, None
        if chosen:
            try:
                made = make()
            except Exception as caught:
                error = caught
        for failed in self.gather(error):
            if failed is not None:
                raise error or failed
        return made

    def any(self, *values: bool) -> list[bool]:
        """Whether each value is True on any worker; all have to call this together."""
        if self.count == 1:
            return list(values)
        found = torch.tensor(values, dtype=torch.float32, device=self.device)
        torch.distributed.all_reduce(found, torch.distributed.ReduceOp.MAX)
        return [bool(value) for value in found]

    def parallel(self, net: nn.Module) -> nn.Module:
        """A network whose gradients are averaged over all workers as they are computed."""
        if self.count == 1:
            return net
        return nn.parallel.DistributedDataParallel(net)

    def rows(self, batch: int) -> slice:
        """Which of ``batch`` rows this worker reads.

        Raises:
            WorkerError: they cannot be shared out evenly.
        """
        if batch % self.count:
            raise WorkerError(
                choose(
                    f"--batch {batch}: 프로세스 {self.count}개가 똑같이 나누어 읽도록 "
                    f"{self.count}의 배수로 정해 주십시오.",
                    f"--batch {batch}: {self.count} workers read equally many rows each, "
                    f"so give a multiple of {self.count}.",
                )
            )
        each = batch // self.count
        return slice(self.rank * each, (self.rank + 1) * each)


@contextmanager
def started(device: str = "auto") -> Iterator[Workers]:
    """This process among its workers, for as long as they work together.

    Args:
        device: ``"auto"`` (a GPU where there is one), ``"cpu"``, ``"cuda"`` or ``"mps"``.

    Raises:
        WorkerError: the device is not there for each, or this PyTorch cannot join processes.
    """
    count = int(os.environ.get("WORLD_SIZE", "1"))
    local = int(os.environ.get("LOCAL_RANK", "0"))
    if count == 1:
        yield Workers(0, 0, 1, _device(device, own_devices(local), local, count))
        return
    if not torch.distributed.is_available():
        raise WorkerError(
            choose(
                "이 PyTorch에는 torch.distributed가 없습니다. torchrun 없이 실행해 주십시오.",
                "This PyTorch has no torch.distributed: run the command without torchrun.",
            )
        )
    from torch.distributed.rendezvous import rendezvous

    shared, rank, count = next(rendezvous("env://", timeout=PATIENCE))
    store = unused(shared, rank, count)
    chosen = _device(device, common_devices(local, store, rank, count), local, count)
    torch.distributed.init_process_group(
        "nccl" if chosen.type == "cuda" else "gloo",
        store=store,
        rank=rank,
        world_size=count,
        timeout=PATIENCE,
    )
    try:
        yield Workers(torch.distributed.get_rank(), local, count, chosen)
    finally:
        torch.distributed.destroy_process_group()


def unused(store: "Store", rank: int, count: int) -> "Store":
    """A part of torchrun's store that no earlier start of these workers has written to.

    Where one worker dies, torchrun starts all again, on the same store: there the addresses of the
    dead still stand, and who reads them before they are written anew finds nobody
    (https://github.com/pytorch/pytorch/issues/135712). The number of restarts, which torchrun
    tells, is no way out: each host counts its own. So worker 0 chooses a name for this start, and
    tells it to each worker by a word that only that worker, alive now, can have said.

    Args:
        store: what all workers of all starts share.
        rank: which worker this is; all ``count`` of them have to call this.
        count: how many there are.

    Raises:
        WorkerError: a worker has not come within two hours.
    """
    from torch.distributed.distributed_c10d import PrefixStore

    mine = uuid4().hex
    if rank:
        store.set(f"word {rank}", mine)
        name = store.get(f"answer {mine}").decode()
        store.set(f"heard {name} {rank}", mine)
        return PrefixStore(name, store)
    missing = list(range(1, count))
    end = time.monotonic() + PATIENCE.total_seconds()
    while missing:
        for other in missing:
            if store.check([f"word {other}"]):
                store.set("answer " + store.get(f"word {other}").decode(), mine)
        missing = [other for other in missing if not store.check([f"heard {mine} {other}"])]
        if time.monotonic() > end:
            raise WorkerError(
                choose(
                    f"프로세스 {missing}의 응답이 없습니다.", f"Workers {missing} do not answer."
                )
            )
        time.sleep(0.01)
    return PrefixStore(mine, store)


def own_devices(local: int) -> set[str]:
    """The devices that the worker of this number on its host has; no two share a GPU."""
    there = {name for name in DEVICES if has_device(name)}
    return there if torch.cuda.device_count() > local else there - {"cuda"}


def common_devices(local: int, store: "Store", rank: int, count: int) -> set[str]:
    """The devices that each worker has, on whatever host; all have to call this.

    So all choose alike: one on a GPU and one on a processor would wait for each other in vain.

    Args:
        local: the number of this worker on its host.
        store: what all workers of this start share.
        rank: which worker this is, of all ``count``.
        count: how many there are.
    """
    store.set(f"devices {rank}", " ".join(own_devices(local)))
    each = [set(store.get(f"devices {other}").decode().split()) for other in range(count)]
    return set.intersection(*each) - {"mps"}  # through which no processes can be joined


def _device(name: str, there: set[str], local: int, count: int) -> torch.device:
    if name == "auto":
        name = "cuda" if "cuda" in there else "cpu"
    if name not in there:
        if count > 1 and name == "cuda":
            raise WorkerError(
                choose(
                    f"--device cuda: 프로세스 {count}개가 저마다 쓸 GPU가 없습니다. 프로세스를 "
                    "줄이거나 --device cpu로 실행해 주십시오.",
                    f"--device cuda: there is not a GPU for each of the {count} workers. Start "
                    "fewer, or try --device cpu.",
                )
            )
        raise WorkerError(
            choose(
                f"--device {name}: 이 컴퓨터에서는 쓸 수 없습니다. --device cpu로 실행해 주십시오.",
                f"--device {name} cannot be used on this machine: try --device cpu.",
            )
        )
    if name != "cuda":
        return torch.device(name)
    torch.cuda.set_device(local)
    return torch.device("cuda", local)


def own_state(state: Any, rows: slice, device: torch.device) -> Any:
    """The part of a state, ``(1, B, H)`` or a pair of these, of these rows, on a device."""
    if isinstance(state, Tensor):
        return state[:, rows].to(device)
    return tuple(own_state(part, rows, device) for part in state)


def whole_state(states: list[Any]) -> Any:
    """The state of all rows from the parts that the workers hold, by rank, on the processor."""
    if isinstance(states[0], Tensor):
        return torch.cat([part.cpu() for part in states], dim=1)
    return (
        None
        if states[0] is None
        else tuple(whole_state(list(p)) for p in zip(*states, strict=True))
    )
