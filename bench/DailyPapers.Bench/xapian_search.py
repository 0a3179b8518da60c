"""Xapian beside our search: builds an index of papers, then times queries around get_mset alone.

First line: {"index": DIR, "papers": N}; N lines {"id", "text"} follow when DIR holds no index yet (the answer says so).
Then a line {"rounds": R, "queries": [{"words": [...], "phrase": bool}]} is answered by R lists of milliseconds.
"""
import json
import os
import sys
import time

import xapian

HITS = 20


def build(folder, count):
    database = xapian.WritableDatabase(folder + ".new", xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("english"))
    generator.set_stemming_strategy(xapian.TermGenerator.STEM_SOME)
    for _ in range(count):
        paper = json.loads(sys.stdin.readline())
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(paper["text"])
        database.replace_document(paper["id"], document)
    database.commit()
    database.close()
    os.rename(folder + ".new", folder)


def query_of(asked, stem):
    if asked["phrase"]:
        return xapian.Query(xapian.Query.OP_PHRASE, asked["words"])
    return xapian.Query(xapian.Query.OP_OR, [b"Z" + stem(word) for word in asked["words"]])


def answer(database, queries, stem):
    took = []
    for asked in queries:
        enquire = xapian.Enquire(database)
        enquire.set_query(query_of(asked, stem))
        started = time.perf_counter()
        enquire.get_mset(0, HITS)
        took.append((time.perf_counter() - started) * 1000)
    return took


def say(what):
    print(json.dumps(what), flush=True)


def main():
    first = json.loads(sys.stdin.readline())
    exists = os.path.isdir(first["index"])
    say({"version": xapian.version_string(), "exists": exists})
    if not exists:
        build(first["index"], first["papers"])
        say({"built": True})
    database = xapian.Database(first["index"])
    stem = xapian.Stem("english")
    for line in sys.stdin:
        asked = json.loads(line)
        say([answer(database, asked["queries"], stem) for _ in range(asked["rounds"])])


main()
