"""The cases of `engram bench device` in PyTorch: torch.func's vmap(grad) under CUDA graphs, and the card's own limits.

Every case stands alone: what fails is listed under "failures" and the rest goes on. Times are medians of CUDA events around a whole
meta-update (all tasks in, one meta-gradient out, everything on the card before the clock starts), in float32 with TF32 off; the best variant
of every case is timed once more with TF32 on.

    peer.py --seconds 180 --out peer.json [--sample sample.json] [--cpu] [--quick] [--compile]

Variants, of which the fastest counts:
  conv   grouped: conv2d under vmap, which PyTorch turns into one grouped convolution; patches: unfold and a batched product
  norm   native: batch_norm under vmap; plain: mean and variance written out
  outer  mean: the gradient of the mean over vmapped tasks; each: vmap of each task's own gradient, then the mean
  graph  the whole meta-update as one CUDA graph, where capture works
Convolutions here pad by 1 on each side, as is usual in PyTorch: the same shapes and arithmetic as ours. For the comparison of
gradients they pad as ours do.
"""

import argparse
import json
import math
import os
import struct
import subprocess
import sys
import time
import traceback

import torch
import torch.nn.functional as F
from torch.func import grad, vmap

BEGAN = time.monotonic()
EPSILON = 1e-5
RULES = ("reptile", "fomaml", "maml")


class Case:
    def __init__(self, name, inputs, ways, support, query, steps, rate, image):
        self.name, self.inputs, self.ways = name, inputs, ways
        self.support, self.query, self.steps, self.rate = support, query, steps, rate
        self.image = image


CASES = {
    "mlp": Case("mlp", 784, 5, 25, 25, 5, 0.01, False),
    "conv4": Case("conv4", 784, 5, 25, 25, 5, 0.01, True),
}


# ---- networks; parameters are tuples of tensors -------------------------------------------------------------------------------


def mlp_shapes():
    return [(64, 784), (64,), (64, 64), (64,), (5, 64), (5,)]


def conv4_shapes():
    shapes = []
    channels = 1
    for _ in range(4):
        shapes += [(64, channels, 3, 3), (64,), (64,), (64,)]
        channels = 64
    return shapes + [(5, 256), (5,)]


def mlp(params, x):
    w1, b1, w2, b2, w3, b3 = params
    x = F.relu(F.linear(x, w1, b1))
    x = F.relu(F.linear(x, w2, b2))
    return F.linear(x, w3, b3)


def same_padding(size):
    """Before and after, for a 3x3 window with stride 2, as our networks pad."""
    out = (size + 1) // 2
    total = max(0, (out - 1) * 2 + 3 - size)
    return total // 2, total - total // 2


def convolve(x, weight, bias, conv, padding):
    if padding == "same":
        before, after = same_padding(x.shape[-1])
        x = F.pad(x, (before, after, before, after))
        pad = 0
    else:
        pad = 1
    if conv == "grouped":
        return F.conv2d(x, weight, bias, stride=2, padding=pad)
    n, _, height, width = x.shape
    rows = (height + 2 * pad - 3) // 2 + 1
    columns = (width + 2 * pad - 3) // 2 + 1
    patches = F.unfold(x, 3, padding=pad, stride=2)
    y = torch.matmul(weight.flatten(1), patches) + bias[:, None]
    return y.reshape(n, weight.shape[0], rows, columns)


def normalise(x, gain, shift, norm):
    if norm == "native":
        return F.batch_norm(x, None, None, gain, shift, training=True, eps=EPSILON)
    mean = x.mean((0, 2, 3), keepdim=True)
    centred = x - mean
    variance = (centred * centred).mean((0, 2, 3), keepdim=True)
    return centred * torch.rsqrt(variance + EPSILON) * gain[:, None, None] + shift[:, None, None]


def conv4(params, x, conv="grouped", norm="native", padding="one"):
    x = x.reshape(x.shape[0], 1, 28, 28)
    for block in range(4):
        weight, bias, gain, shift = params[4 * block : 4 * block + 4]
        x = F.relu(normalise(convolve(x, weight, bias, conv, padding), gain, shift, norm))
    return F.linear(x.flatten(1), params[16], params[17])


def network(case, conv="grouped", norm="native", padding="one"):
    if not case.image:
        return mlp
    return lambda params, x: conv4(params, x, conv, norm, padding)


# ---- meta-updates ---------------------------------------------------------------------------------------------------------------


def meta_gradient(case, net, rule, outer="mean"):
    """(theta, support x, support y, query x, query y) -> the mean meta-gradient, a tuple like theta. Labels are one-hot."""

    def loss(params, x, y):
        return -(F.log_softmax(net(params, x), -1) * y).sum(-1).mean()

    def adapt(theta, x, y):
        params = theta
        for _ in range(case.steps):
            slope = grad(loss)(params, x, y)
            params = tuple(p - case.rate * g for p, g in zip(params, slope))
        return params

    def reptile(theta, sx, sy, qx, qy):
        adapted = vmap(adapt, in_dims=(None, 0, 0))(theta, sx, sy)
        return tuple(t - p.mean(0) for t, p in zip(theta, adapted))

    def fomaml(theta, sx, sy, qx, qy):
        adapted = vmap(adapt, in_dims=(None, 0, 0))(theta, sx, sy)
        slopes = vmap(grad(loss))(adapted, qx, qy)
        return tuple(s.mean(0) for s in slopes)

    def after(theta, sx, sy, qx, qy):
        return loss(adapt(theta, sx, sy), qx, qy)

    def maml_mean(theta, sx, sy, qx, qy):
        return grad(lambda t: vmap(after, in_dims=(None, 0, 0, 0, 0))(t, sx, sy, qx, qy).mean())(theta)

    def maml_each(theta, sx, sy, qx, qy):
        slopes = vmap(grad(after), in_dims=(None, 0, 0, 0, 0))(theta, sx, sy, qx, qy)
        return tuple(s.mean(0) for s in slopes)

    if rule == "reptile":
        return reptile
    if rule == "fomaml":
        return fomaml
    return maml_mean if outer == "mean" else maml_each


def in_chunks(update, chunk):
    """The same over slices of tasks, where all of them do not fit."""

    def run(theta, *batch):
        tasks = batch[0].shape[0]
        if chunk >= tasks:
            return update(theta, *batch)
        total = None
        for start in range(0, tasks, chunk):
            part = tuple(b[start : start + chunk] for b in batch)
            share = part[0].shape[0] / tasks
            found = update(theta, *part)
            if total is None:
                total = tuple(g * share for g in found)
            else:
                total = tuple(t + g * share for t, g in zip(total, found))
        return total

    return run


# ---- data -----------------------------------------------------------------------------------------------------------------------


def random_theta(case, device):
    generator = torch.Generator().manual_seed(1)
    theta = []
    for shape in mlp_shapes() if not case.image else conv4_shapes():
        if len(shape) == 1:
            theta.append(torch.zeros(shape))
        else:
            fan = math.prod(shape[1:]) + shape[0] * math.prod(shape[2:])
            theta.append((torch.rand(shape, generator=generator) * 2 - 1) * math.sqrt(6 / fan))
    if case.image:
        for block in range(4):
            theta[4 * block + 2] = torch.ones(64)
    return tuple(t.to(device) for t in theta)


def random_batch(case, tasks, device):
    generator = torch.Generator(device=device).manual_seed(tasks)

    def inputs(size):
        uniform = torch.rand((tasks, size, case.inputs), generator=generator, device=device)
        return (uniform * 2 - 1) * math.sqrt(3)

    def labels(size):
        classes = torch.arange(size, device=device) % case.ways
        return F.one_hot(classes, case.ways).float().expand(tasks, size, case.ways).contiguous()

    return inputs(case.support), labels(case.support), inputs(case.query), labels(case.query)


# ---- timing ---------------------------------------------------------------------------------------------------------------------


def is_out_of_memory(error):
    text = str(error).lower()
    return isinstance(error, torch.cuda.OutOfMemoryError) or "out of memory" in text or "alloc_failed" in text


class Clock:
    """Times on the card by events, on the processor by the wall clock. Times are milliseconds."""

    def __init__(self, device):
        self.cuda = device.type == "cuda"

    def sync(self):
        if self.cuda:
            torch.cuda.synchronize()

    def once(self, call):
        if not self.cuda:
            start = time.perf_counter()
            call()
            return (time.perf_counter() - start) * 1e3
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        call()
        end.record()
        end.synchronize()
        return start.elapsed_time(end)

    def times(self, call, seconds, least=3, most=200):
        call()
        self.sync()
        found = []
        end = time.monotonic() + seconds
        while len(found) < least or (len(found) < most and time.monotonic() < end):
            found.append(self.once(call))
            if time.monotonic() > end + 4 * seconds:
                break
        return sorted(found)


def free(device):
    if device.type == "cuda":
        torch.cuda.synchronize()
        torch.cuda.empty_cache()


def captured(call):
    """The call as one CUDA graph, after a warm-up on a stream of its own."""
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(2):
            call()
    torch.cuda.current_stream().wait_stream(stream)
    torch.cuda.synchronize()
    torch.cuda.empty_cache()  # A graph's memory is its own: what the warm-up has cached would be held twice.
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        kept = call()
    torch.cuda.synchronize()

    def replay():
        graph.replay()
        return kept

    return replay


def variants(case, rule):
    convs = ("grouped", "patches") if case.image else ("",)
    norms = ("native", "plain") if case.image else ("",)
    outers = ("mean", "each") if rule == "maml" else ("mean",)
    return [(c, n, o) for c in convs for n in norms for o in outers]


def label(variant, rule):
    conv, norm, outer = variant
    words = [w for w in (conv, norm) if w]
    if rule == "maml":
        words.append("outer " + outer)
    return " ".join(words) or "vmap"


class Peer:
    def __init__(self, args):
        self.args = args
        self.device = torch.device("cpu" if args.cpu else "cuda")
        self.clock = Clock(self.device)
        self.result = {
            "torch": torch.__version__,
            "cuda": torch.version.cuda,
            "limits": [],
            "checks": [],
            "timings": [],
            "variants": [],
            "failures": [],
        }
        self.sizes = (4, 8) if args.quick or args.cpu else (32, 256, 1024)
        self.chunks = {}
        self.different = set()

    def left(self):
        return self.args.seconds - (time.monotonic() - BEGAN)

    def say(self, *words):
        print("%6.1f s" % (time.monotonic() - BEGAN), *words, flush=True)

    def failed(self, what, error):
        text = "%s: %s: %s" % (what, type(error).__name__, str(error).strip().split("\n")[0][:300])
        self.result["failures"].append(text)
        self.say("FAILED", text)
        if self.args.trace:
            traceback.print_exc()

    def save(self):
        partial = self.args.out + ".partial"
        with open(partial, "w") as file:
            json.dump(self.result, file, indent=1)
        os.replace(partial, self.args.out)

    def guarded(self, what, call):
        try:
            return call()
        except Exception as error:  # noqa: BLE001: whatever one case meets, the others go on
            self.failed(what, error)
            try:
                free(self.device)
            except Exception as second:  # noqa: BLE001
                self.failed(what + ", cleaning up", second)
            return None
        finally:
            self.save()

    # -- the card

    def describe(self):
        if self.device.type == "cuda":
            properties = torch.cuda.get_device_properties(0)
            self.result["card"] = properties.name
            self.result["memory"] = properties.total_memory
            self.result["processors"] = properties.multi_processor_count
            self.result["capability"] = "%d.%d" % (properties.major, properties.minor)
            self.result["driver"] = self.driver()
        else:
            self.result["card"] = "processor"
        self.say(self.result["card"], "torch", torch.__version__, "cuda", torch.version.cuda, self.result.get("driver", ""))

    @staticmethod
    def driver():
        try:
            asked = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
            return subprocess.run(asked, capture_output=True, text=True, timeout=15).stdout.strip()
        except Exception as error:  # noqa: BLE001
            return "unknown: %s" % error

    def tf32(self, on):
        torch.backends.cuda.matmul.allow_tf32 = on
        torch.backends.cudnn.allow_tf32 = on

    def product_limit(self, name, tf32):
        self.tf32(tf32)
        best = 0.0
        for size in (256, 512) if self.device.type == "cpu" else (4096, 8192):
            a = torch.randn(size, size, device=self.device)
            b = torch.randn(size, size, device=self.device)
            c = torch.empty(size, size, device=self.device)
            times = self.clock.times(lambda: torch.mm(a, b, out=c), 0.7, least=5, most=100)
            best = max(best, 2.0 * size**3 / times[0] / 1e9)
        self.tf32(False)
        self.result["limits"].append({"name": name, "value": best, "unit": "TFLOP/s"})
        self.say("limit", name, "%.1f TFLOP/s" % best)

    def copy_limit(self):
        count = (1 << 22) if self.device.type == "cpu" else (1 << 29)
        a = torch.randn(count, device=self.device)
        b = torch.empty_like(a)
        times = self.clock.times(lambda: b.copy_(a), 0.5, least=5, most=100)
        rate = 2.0 * count * 4 / times[0] / 1e6
        self.result["limits"].append({"name": "copy on the card, read and written", "value": rate, "unit": "GB/s"})
        self.say("limit copy %.0f GB/s" % rate)

    # -- the same numbers

    def check(self):
        with open(self.args.sample) as file:
            header = json.load(file)
        with open(os.path.join(os.path.dirname(os.path.abspath(self.args.sample)), header["floats"]), "rb") as file:
            raw = file.read()
        floats = torch.tensor(struct.unpack("<%df" % (len(raw) // 4), raw), dtype=torch.float32)
        for sample in header["cases"]:
            if self.args.quick and self.args.cpu and CASES[sample["case"]].image:
                continue
            for conv, norm, _ in variants(CASES[sample["case"]], "reptile"):
                for rule in RULES:
                    what = "check %s %s %s %s" % (sample["case"], rule, conv, norm)
                    self.guarded(what, lambda: self.check_rule(sample, floats, rule, conv, norm))

    def check_rule(self, sample, floats, rule, conv, norm):
        if rule not in sample["gradients"]:
            return
        known = CASES[sample["case"]]
        case = Case(
            known.name, sample["inputs"], sample["ways"], sample["support"], sample["query"],
            sample["inner_steps"], sample["step_size"], known.image,
        )

        def block(where):
            return floats[where[0] : where[0] + where[1]]

        def labels(where, size):
            classes = block(where).long().reshape(sample["tasks"], size)
            return F.one_hot(classes, case.ways).float().to(self.device)

        def inputs(where, size):
            return block(where).reshape(sample["tasks"], size, case.inputs).to(self.device)

        theta = tuple(t.to(self.device) for t in self.from_flat(case, block(sample["theta"])))
        batch = (
            inputs(sample["support_x"], case.support),
            labels(sample["support_y"], case.support),
            inputs(sample["query_x"], case.query),
            labels(sample["query_y"], case.query),
        )
        update = meta_gradient(case, network(case, conv or "grouped", norm or "native", "same"), rule)
        # Task by task, and the best quarter counts: an input of a rectifier within rounding of zero moves a task's gradient by far more
        # than rounding, and many tasks have one. What computes something else is off in all of them.
        gradients = block(sample["gradients"][rule]).reshape(sample["tasks"], -1)
        differences = []
        for task in range(sample["tasks"]):
            found = [g.detach().cpu().double() for g in update(theta, *(b[task : task + 1] for b in batch))]
            expected = [g.double() for g in self.from_flat(case, gradients[task])]
            difference = math.sqrt(sum(((f - e) ** 2).sum().item() for f, e in zip(found, expected)))
            differences.append(difference / math.sqrt(sum((e**2).sum().item() for e in expected)))
        differences.sort()
        relative = differences[len(differences) // 4]
        same = relative <= 1e-4
        name = (conv + " " + norm).strip()
        self.result["checks"].append(
            {"case": case.name, "rule": rule, "variant": name, "difference": relative, "most": differences[-1],
             "same": same}
        )
        # Further off than any rounding: first order in the place of exact MAML would be off by a fifth.
        if not relative <= 1e-2:
            self.different.add((case.name, conv, norm))
        self.say("check", case.name, rule, name, "%.2e, at most %.2e" % (relative, differences[-1]), "" if same else "DIFFERENT" + ("" if relative <= 1e-2 else ": not timed"))

    @staticmethod
    def from_flat(case, flat):
        """Our flat layout: dense W column-major then b; conv b then W row-major; batch-norm gain, shift, running mean and variance."""
        parts = []
        at = 0

        def take(*shape):
            nonlocal at
            count = math.prod(shape)
            part = flat[at : at + count].reshape(shape)
            at += count
            return part.clone()

        if not case.image:
            for out, width in ((64, 784), (64, 64), (5, 64)):
                parts += [take(out, width), take(out)]
        else:
            channels = 1
            for _ in range(4):
                bias = take(64)
                weight = take(64, channels, 3, 3)
                parts += [weight, bias, take(64), take(64)]
                take(64)
                take(64)
                channels = 64
            parts += [take(5, 256), take(5)]
        if at != flat.numel():
            raise ValueError("%d parameters, expected %d" % (flat.numel(), at))
        return parts

    # -- the cases

    def update(self, case, rule, variant, batch, theta, chunk, graph, compiled=False):
        conv, norm, outer = variant
        whole = meta_gradient(case, network(case, conv or "grouped", norm or "native"), rule, outer)
        if compiled:
            whole = torch.compile(whole, dynamic=False)
        whole = in_chunks(whole, chunk)

        def call():
            return whole(theta, *batch)

        return captured(call) if graph else call

    def timed(self, case, rule, variant, tasks, graph, seconds, compiled=False):
        """(times, chunk) with as many tasks at once as fit."""
        key = (case.name, rule, variant)
        chunk = min(tasks, self.chunks.get(key, tasks))
        theta = random_theta(case, self.device)
        batch = random_batch(case, tasks, self.device)
        broken_captures = 0
        while True:
            call = None
            try:
                call = self.update(case, rule, variant, batch, theta, chunk, graph, compiled)
                return self.clock.times(call, seconds), chunk
            except RuntimeError as error:
                # Where memory runs out while a graph is captured, the error is sometimes about the capture.
                broken = graph and "captur" in str(error).lower() and broken_captures < 2
                if chunk <= 1 or not (broken or is_out_of_memory(error)):
                    raise
                broken_captures += broken
                why = str(error).split("\n")[0][:100]
            finally:
                call = None
                free(self.device)
            # Behind the handler, where nothing of what failed is held any more.
            chunk = (chunk + 1) // 2
            self.chunks[key] = chunk
            self.say(case.name, tasks, rule, label(variant, rule), "chunks of", chunk, "since", why)

    def case(self, case, rule, share):
        """Finds the fastest variant at the middle size, then times it at all sizes."""
        end = time.monotonic() + share
        trial = self.sizes[len(self.sizes) // 2]
        found = []
        # What computes something else is no peer, unless nothing computes the same.
        right = [v for v in variants(case, rule) if (case.name,) + v[:2] not in self.different]
        tried = right or variants(case, rule)
        for variant in tried:
            if found and time.monotonic() > end - 0.5 * share:
                self.say(case.name, rule, "no time to try", label(variant, rule))
                continue
            what = "%s %d %s %s" % (case.name, trial, rule, label(variant, rule))
            timed = self.guarded(what, lambda: self.timed(case, rule, variant, trial, False, 0.15))
            if timed:
                times, chunk = timed
                found.append((times[len(times) // 2], variant))
                self.note(case, trial, rule, label(variant, rule), times, chunk, False)
        if not found:
            return
        found.sort()
        best = found[0][1]
        # Without a graph the processor's side may hide which variant is best on the card.
        close = [v for ms, v in found if ms <= 1.6 * found[0][0]][:3]
        graphs = self.device.type == "cuda"
        if graphs and len(close) > 1:
            again = []
            for variant in close:
                what = "%s %d %s %s, graph" % (case.name, trial, rule, label(variant, rule))
                timed = self.guarded(what, lambda: self.timed(case, rule, variant, trial, True, 0.15))
                if timed:
                    again.append((timed[0][len(timed[0]) // 2], variant))
            if again:
                again.sort()
                best = again[0][1]
        for tasks in self.sizes:
            self.size(case, rule, best, tasks, graphs)

    def size(self, case, rule, variant, tasks, graphs):
        if self.left() < 3:
            self.result["failures"].append("%s %d %s: no time was left" % (case.name, tasks, rule))
            return
        seconds = 0.1 if self.args.quick else 0.6
        options = []
        plain = self.guarded(
            "%s %d %s" % (case.name, tasks, rule),
            lambda: self.timed(case, rule, variant, tasks, False, seconds),
        )
        if plain:
            options.append((plain, label(variant, rule)))
        if graphs:
            graph = self.guarded(
                "%s %d %s, graph" % (case.name, tasks, rule),
                lambda: self.timed(case, rule, variant, tasks, True, seconds),
            )
            if graph:
                options.append((graph, label(variant, rule) + ", graph"))
        if not options:
            return
        options.sort(key=lambda it: it[0][0][len(it[0][0]) // 2])
        (times, chunk), name = options[0]
        self.record(case, tasks, rule, name, times, chunk, False)
        if graphs and self.left() > 3:
            self.tf32(True)
            fast = self.guarded(
                "%s %d %s, TF32" % (case.name, tasks, rule),
                lambda: self.timed(case, rule, variant, tasks, name.endswith("graph"), seconds / 2),
            )
            self.tf32(False)
            if fast:
                self.record(case, tasks, rule, name, fast[0], fast[1], True)
        self.save()

    def note(self, case, tasks, rule, name, times, chunk, tf32):
        line = {
            "case": case.name,
            "tasks": tasks,
            "rule": rule,
            "variant": name if chunk >= tasks else "%s, chunks of %d" % (name, chunk),
            "tf32": tf32,
            "ms": times[len(times) // 2],
            "low": times[len(times) // 10],
            "high": times[(9 * len(times)) // 10] if len(times) > 1 else times[-1],
            "rounds": len(times),
        }
        self.result["variants"].append(line)
        self.say("%-6s %5d %-8s %10.3f ms  %s%s" % (case.name, tasks, rule, line["ms"], line["variant"], " TF32" if tf32 else ""))
        return line

    def record(self, case, tasks, rule, name, times, chunk, tf32):
        line = self.note(case, tasks, rule, name, times, chunk, tf32)
        self.result["timings"].append(line)

    def compiled(self):
        """Beside the best of each case at the largest size; last, because compiling may take long."""
        for case in CASES.values():
            for rule in RULES:
                tasks = self.sizes[-1]
                known = [
                    t for t in self.result["timings"]
                    if t["case"] == case.name and t["rule"] == rule and t["tasks"] == tasks and not t["tf32"]
                ]
                if not known or self.left() < 30:
                    self.say("not compiled:", case.name, rule)
                    continue
                variant = ("patches", "plain", "mean") if case.image else ("", "", "mean")
                what = "%s %d %s compiled" % (case.name, tasks, rule)
                timed = self.guarded(what, lambda: self.timed(case, rule, variant, tasks, False, 0.5, compiled=True))
                if timed:
                    self.record(case, tasks, rule, label(variant, rule) + ", compiled", timed[0], timed[1], False)

    def run(self):
        self.tf32(False)
        self.describe()
        if self.args.sample:
            self.guarded("check", self.check)
        self.guarded("sgemm", lambda: self.product_limit("sgemm fp32, TF32 off", False))
        self.guarded("sgemm TF32", lambda: self.product_limit("sgemm TF32", True))
        self.guarded("copy", self.copy_limit)
        free(self.device)
        reserve = 45 if self.args.compile else 4
        jobs = [(case, rule) for case in CASES.values() for rule in ("reptile", "maml", "fomaml")]
        if self.args.only:
            jobs = [(case, rule) for case, rule in jobs if case.name + ":" + rule in self.args.only.split(",")]
        for index, (case, rule) in enumerate(jobs):
            share = (self.left() - reserve) / (len(jobs) - index)
            if share < 1:
                self.result["failures"].append("%s %s: no time was left" % (case.name, rule))
                continue
            self.guarded("%s %s" % (case.name, rule), lambda: self.case(case, rule, share))
        if self.args.compile and self.device.type == "cuda":
            self.compiled()
        self.result["seconds"] = time.monotonic() - BEGAN
        self.save()
        self.table()

    def table(self):
        print()
        for limit in self.result["limits"]:
            print("%-40s %10.1f %s" % (limit["name"], limit["value"], limit["unit"]))
        for line in self.result["timings"]:
            print(
                "%-6s %5d %-8s %10.3f ms (%.3f-%.3f)  %s%s"
                % (
                    line["case"], line["tasks"], line["rule"], line["ms"], line["low"], line["high"],
                    line["variant"], ", TF32" if line["tf32"] else "",
                )
            )
        for failure in self.result["failures"]:
            print("FAILED", failure)
        sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--out", required=True)
    parser.add_argument("--sample")
    parser.add_argument("--cpu", action="store_true", help="rehearse without a card, with few tasks")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", help="some cases alone, e.g. conv4:maml,conv4:fomaml")
    parser.add_argument("--compile", action="store_true", help="try torch.compile at the end")
    parser.add_argument("--trace", action="store_true", help="print where failures come from")
    args = parser.parse_args()
    if not args.cpu and not torch.cuda.is_available():
        print("torch", torch.__version__, "sees no card here; --cpu rehearses without one")
        sys.exit(3)
    Peer(args).run()


if __name__ == "__main__":
    main()
