"""Writes the files beside it, the same twelve samples of three prompts by tools that others use.

Made with pyarrow 26.0.1, pandas 3.1.1, polars 2.1.0, duckdb 2.0.1, zstandard 0.25.0:  python make.py .
"""

import json
import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

folder = Path(sys.argv[1])
rows = [
    {"prompt": f"q{i % 3}", "response": f"a{i}", "score": (i * 7 % 5) / 4, "log_p": -0.5 * (i % 4) - 1}
    for i in range(12)
]
lists = [
    {
        "prompt": f"q{p}",
        "responses": [row["response"] for row in rows[p::3]],
        "scores": [row["score"] for row in rows[p::3]],
    }
    for p in range(3)
]
chats = [
    {
        "messages": [
            {"role": "user", "content": row["prompt"]},
            {"role": "assistant", "content": row["response"]},
        ],
        "reward": row["score"],
    }
    for row in rows
]
typed = pa.table(
    {
        "prompt": pa.array([row["prompt"] for row in rows]).dictionary_encode(),
        "response": pa.array([row["response"] for row in rows], pa.large_string()),
        "score": pa.array([row["score"] for row in rows], pa.float32()),
        "passed": pa.array([row["score"] > 0.5 for row in rows]),
        "when": pa.array([pd.Timestamp("2026-01-01")] * 12),
    }
)

frame = pd.DataFrame(rows)
frame.to_parquet(folder / "pandas-flat-snappy.parquet")
frame.to_parquet(folder / "pandas-flat-gzip.parquet", compression="gzip", index=False)
frame.to_json(folder / "pandas-lines.jsonl.gz", orient="records", lines=True)
frame.to_json(folder / "pandas-records.json", orient="records", indent=1)
frame.to_csv(folder / "pandas-index.csv")
frame.to_csv(folder / "pandas-tab.tsv.gz", sep="\t", index=False)
pd.DataFrame(
    [
        {"prompt": "q", "response": "a", "score": float("nan")},
        {"prompt": "q", "response": "b", "score": 1.0},
        {"prompt": "q", "response": None, "score": 0.5},
    ]
).to_parquet(folder / "pandas-nan.parquet")
pq.write_table(pa.Table.from_pylist(lists), folder / "pyarrow-lists-zstd.parquet", compression="zstd")
pq.write_table(pa.Table.from_pylist(chats), folder / "pyarrow-chat-zstd.parquet", compression="zstd")
pq.write_table(typed, folder / "pyarrow-dictionary-float32.parquet", compression="brotli")
pl.DataFrame(lists).write_parquet(folder / "polars-lists-zstd.parquet", compression="zstd")
pl.DataFrame(rows).write_ndjson(folder / "polars.ndjson")
duckdb.sql("create table samples as select * from frame")
duckdb.sql(f"copy samples to '{folder}/duckdb-gzip.parquet' (format parquet, codec gzip)")
duckdb.sql(f"copy samples to '{folder}/duckdb-lz4.parquet' (format parquet, codec lz4)")
lines = "".join(json.dumps(row) + "\n" for row in rows)
(folder / "zstd-lines.jsonl.zst").write_bytes(zstandard.ZstdCompressor(19).compress(lines.encode()))
