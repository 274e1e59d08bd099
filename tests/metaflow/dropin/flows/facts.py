"""What a flow tells its test: facts by name, one line of JSON each."""

import json


def fact(name, find):
    try:
        value = find() if callable(find) else find
    except Exception as error:  # noqa: BLE001 # what is raised is the fact
        value = f"raises {type(error).__name__}"
    print("FACT", json.dumps([name, value], default=repr))


def named(entries):
    return [entry["name"] for entry in entries]


def words(text):
    key, _, value = text.partition("=")
    return {key: value}


def generated(text):
    return {"of": text, "made": "up"}


def wrong(text):
    return [text]
