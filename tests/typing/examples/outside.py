"""Outside of flows: the Client, Runner and Deployer, S3."""

import asyncio

from metaflow import S3, Deployer, Flow, Metaflow, Run, Runner, Step, Task, namespace
from metaflow.cards import get_cards
from metaflow.exception import MetaflowNotFound


def look(name: str) -> list[float]:
    """Read the results of earlier runs."""
    namespace(None)
    scores = []
    for run in Flow(name).runs("prod"):
        if run.successful and run.finished:
            run.add_tag("seen")
            scores.append(run.data.score + run["end"].task.data.score)
    print([flow.id for flow in Metaflow()], Step(f"{name}/1/start").task.stdout, Task("a/1/b/2").metadata_dict)
    for artifact in Run(f"{name}/1")["start"].task:
        print(artifact.id, artifact.data, artifact.sha)
    print(get_cards(Task("a/1/b/2"))[0].get())
    return scores


def latest(name: str) -> str:
    """Nothing is sure of a latest run: there may be none."""
    return Flow(name).latest_run.id


def start(file: str) -> str:
    """Run a flow, and look at its run."""
    with Runner(file, pylint=False, env={"A": "b"}).run(alpha=3, tags=["x"]) as running:
        if running.status == "failed":
            raise RuntimeError(running.stderr)
        return f"{running.run.id} {running.run.data.score} {running.returncode}"


async def start_all(files: list[str]) -> None:
    """Run flows at the same time."""
    running = [await Runner(file).async_run() for file in files]
    await asyncio.gather(*(item.wait() for item in running))
    async for position, line in running[0].stream_log("stdout"):
        print(position, line.strip())


def deploy(file: str) -> None:
    """Deploy to a scheduler, and trigger it."""
    deployed = Deployer(file, branch="a").argo_workflows(name="flow").create(max_workers=3)
    triggered = deployed.trigger(alpha=3)
    if triggered.run is not None:
        print(triggered.run.finished_at)


def store(prefix: str) -> None:
    """Keep bytes in S3."""
    try:
        with S3(s3root=prefix) as s3:
            url = s3.put("key", "value")
            found = s3.get_many(["key", "other"])
            print(url, [item.blob for item in found], s3.get("key").text)
    except MetaflowNotFound as error:
        print(error)
