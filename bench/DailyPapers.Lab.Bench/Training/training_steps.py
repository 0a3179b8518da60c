"""The other side of `training`: the same models trained by PyTorch, a stretch of steps at a time.

Reads commands from standard input, a line each, and answers each with a line:
  load FILE MODEL THREADS   builds the model with the weights and data of a safetensors file; answers PyTorch's version
  run STEPS                 trains; answers processor seconds, wall seconds and the last loss
"""
import json
import struct
import sys
import time

import torch
from torch import nn
from torch.nn import functional


def read_safetensors(path):
    types = {"F32": torch.float32, "I64": torch.int64}
    with open(path, "rb") as file:
        (length,) = struct.unpack("<q", file.read(8))
        header = json.loads(file.read(length))
        content = bytearray(file.read())
    return {
        name: torch.frombuffer(content, dtype=types[entry["dtype"]], count=(entry["data_offsets"][1] - entry["data_offsets"][0]) // (4 if entry["dtype"] == "F32" else 8), offset=entry["data_offsets"][0]).reshape(entry["shape"]).clone()
        for name, entry in header.items()
        if name != "__metadata__"
    }


class Attention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.query_key_value = nn.Linear(dim, 3 * dim)
        self.output = nn.Linear(dim, dim)

    def forward(self, tokens):
        n, length, dim = tokens.shape
        q, k, v = self.query_key_value(tokens).view(n, length, 3, self.heads, dim // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        if hasattr(functional, "scaled_dot_product_attention"):
            mixed = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            scores = (q @ k.transpose(-2, -1)) * (dim // self.heads) ** -0.5
            mask = torch.full((length, length), float("-inf")).triu(1)
            mixed = (scores + mask).softmax(-1) @ v
        return self.output(mixed.transpose(1, 2).reshape(n, length, dim))


class Block(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.first_norm = nn.LayerNorm(dim)
        self.attention = Attention(dim, heads)
        self.second_norm = nn.LayerNorm(dim)
        self.feed_forward = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    def forward(self, tokens):
        tokens = tokens + self.attention(self.first_norm(tokens))
        return tokens + self.feed_forward(self.second_norm(tokens))


class ChannelsLast(nn.Module):
    """Grey images, their single channel marked as the fastest axis; to(memory_format=...) does not change such a tensor."""

    def forward(self, images):
        return images.view(images.shape[0], images.shape[2], images.shape[3], 1).permute(0, 3, 1, 2)


def build(name):
    if name == "tiny":
        return nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    if name == "mlp":
        return nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))
    if name in ("cnn", "cnn-channels-last"):
        return nn.Sequential(
            ChannelsLast() if name == "cnn-channels-last" else nn.Identity(),
            nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(32 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))
    if name == "transformer":
        return nn.Sequential(nn.Embedding(256, 128), *[Block(128, 4) for _ in range(4)], nn.LayerNorm(128), nn.Linear(128, 256))
    raise ValueError(f"no model is called {name}")


class Training:
    def __init__(self, path, name, threads):
        torch.set_num_threads(threads)
        tensors = read_safetensors(path)
        self.model = build(name)
        with torch.no_grad():
            for index, parameter in enumerate(self.model.parameters()):
                parameter.copy_(tensors[f"parameter.{index:03}"])
        self.inputs, self.labels, self.batches = tensors["inputs"], tensors["labels"], tensors["batches"]
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=1e-3, weight_decay=0.01)
        self.step = 0

    def run(self, steps):
        processor, wall = time.process_time(), time.perf_counter()
        for _ in range(steps):
            rows = self.batches[self.step % len(self.batches)]
            self.optimizer.zero_grad()
            logits = self.model(self.inputs.index_select(0, rows))
            loss = functional.cross_entropy(logits.flatten(0, -2), self.labels.index_select(0, rows).flatten())
            loss.backward()
            self.optimizer.step()
            self.step += 1
        return time.process_time() - processor, time.perf_counter() - wall, loss.item()


def main():
    training = None
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "load":
            training = Training(arguments[0], arguments[1], int(arguments[2]))
            answer = torch.__version__
        else:
            answer = " ".join(repr(value) for value in training.run(int(arguments[0])))
        print(answer, flush=True)


main()
