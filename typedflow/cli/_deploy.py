"""``typedflow deploy``: check, compile and deploy the variants of a flow."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typedflow.cli._deployment_plan import Planned
    from typedflow.project import ChosenEnvironment, Project, Resolved
    from typedflow.values import Diagnostic, Report

_EXAMPLES = """\
examples:
  typedflow deploy training --binding 'EXP_*' --to argo-workflows --env prod --production
  typedflow deploy training --binding EXP_01 --to step-functions
  typedflow deploy training --binding '*' --to airflow --dags ~/airflow/dags
  typedflow deploy training --binding '*' --to argo-workflows --locked --dry-run
  typedflow deploy training --binding EXP_01 --to argo-workflows --only-json > template.json
  typedflow deploy training --binding '*' --to argo-workflows -- --datastore s3 --max-workers 10

Nothing is deployed when anything is wrong with a variant. What was deployed from the same settings and code is left as
it is; so the same command, after a failure or an interruption, deploys what is missing. What follows `--` goes to
Metaflow.

exit codes: 0 all are deployed, 1 findings or failures, 2 a wrong command line

keys of the JSON: version (1), flow, target, and deployments: each with binding, environment, name, digest, state (new,
changed, unchanged; deployed, failed or interrupted when done), seconds and reason (both null where there are none)
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "deploy", run, "check the variants of a flow and deploy them", _EXAMPLES)
    parser.usage = "typedflow deploy [-h] [OPTIONS] --to TARGET FLOW [-- METAFLOW ARGUMENTS]"
    _parser.flow_argument(parser, help="the flow")
    text = "the bindings that match this glob; may be repeated (may be left out where the flow has one)"
    _parser.completed(parser.add_argument("--binding", metavar="GLOB", action="append", help=text), "bindings")
    parser.add_argument("--to", required=True, choices=_parser.TARGETS, help="where to deploy")
    _parser.settings_options(parser)
    text = "the branch in the names, which chooses the environment, too (default: the git branch)"
    names = parser.add_mutually_exclusive_group()
    names.add_argument("--branch", metavar="NAME", help=text)
    names.add_argument("--production", action="store_true", help="names without a branch; @project's production")
    parser.add_argument("--locked", action="store_true", help="refuse what differs from typedflow.lock")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--dry-run", action="store_true", help="show what would be deployed, and under which names")
    shown.add_argument("--only-json", action="store_true", help="print what would be created; not for airflow")
    parser.add_argument("--again", action="store_true", help="deploy what has not changed, too")
    parser.add_argument("--dags", metavar="DIR", help="where Airflow's files go (default: dags, in the project)")
    parser.add_argument("--jobs", metavar="N", type=_parser.integer(1), default=4, help="how many at once (default: 4)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Check everything first, then deploy; print a table, or JSON."""
    from typedflow.cli._chosen import chosen_flow, opened
    from typedflow.cli._console import report
    from typedflow.cli._deployment_plan import chosen, plan
    from typedflow.cli._environment import chosen_environment, say_environment
    from typedflow.cli._findings import exit_code
    from typedflow.values import Severity, merge_findings

    _refuse_combinations(arguments)
    project = opened(arguments)
    flow = chosen_flow(project, arguments.flow)
    bindings = chosen(project, flow, arguments.binding)
    environment = chosen_environment(project, arguments.env, arguments.branch)
    say_environment(environment)
    resolved, findings, has_project = _judged(project, flow, bindings, environment, arguments)
    report(merge_findings(findings), project.root)
    if any(item.severity is Severity.ERROR for item in findings):
        return exit_code(findings)
    planned = plan(project, resolved, arguments, has_project=has_project)
    if arguments.only_json:
        from typedflow.cli._deployment_json import put_templates

        return put_templates(planned)
    return _deploy(flow, planned, arguments)


def _refuse_combinations(arguments: argparse.Namespace) -> None:
    from typedflow.cli._chosen import wrong

    if arguments.branch == "":
        raise wrong("the branch has no name", option="--branch", hint="name one, or leave the option out")
    if arguments.only_json and arguments.to == "airflow":
        raise wrong("Airflow takes a Python file, no JSON", option="--only-json", hint="`--dry-run` shows the names")
    if arguments.dags is not None and arguments.to != "airflow":
        raise wrong("only Airflow takes files", option="--dags")


def _judged(
    project: Project, flow: str, bindings: Sequence[str], environment: ChosenEnvironment, arguments: argparse.Namespace
) -> tuple[list[Resolved[Any]], list[Diagnostic], bool]:
    """Resolve all variants; return what is wrong with them, with the flow under them, or with what is locked.

    The last item tells whether the flow has ``@project``, where nothing is wrong.
    """
    from typedflow.cli._attempts import attempts
    from typedflow.values import Severity

    tried = list(attempts(project, flow, bindings, environment, arguments.options))
    findings = [item for attempt in tried for item in attempt.diagnostics]
    resolved = [attempt.resolved for attempt in tried if attempt.resolved is not None]
    has_project = False
    if not findings:
        report = _of_flow(project, flow, bindings, environment.name)
        findings += report.diagnostics
        has_project = flow in report.with_project
    if arguments.locked and not any(item.severity is Severity.ERROR for item in findings):
        from typedflow.project import Lock

        lock = Lock(project.root)
        findings += [item for each in resolved for item in lock.problems(each, project.root)]
    return resolved, findings, has_project


def _of_flow(project: Project, flow: str, bindings: Sequence[str], environment: str | None) -> Report:
    """Give what `typedflow check` finds in the flow under these bindings."""
    from glob import escape

    from typedflow.check import Options, check
    from typedflow.cli._progress import progress
    from typedflow.project import Target

    options = Options(bindings=tuple(map(escape, bindings)), environment=environment)
    with progress("checking") as tell:
        return check([Target(project, {flow: None})], [], options, progress=tell)


def _deploy(flow: str, planned: list[Planned], arguments: argparse.Namespace) -> int:
    """Deploy what is planned, or only show it."""
    from typedflow.cli._console import say
    from typedflow.cli._deployment_run import deployed, summary
    from typedflow.cli._deployment_table import put_deployments

    if arguments.dry_run:
        put_deployments(flow, arguments.to, planned, {}, arguments.format)
        say(f"{sum(each.state != 'unchanged' for each in planned)} of {len(planned)} would be deployed")
        return 0
    done = deployed(planned, arguments.jobs)
    put_deployments(flow, arguments.to, planned, done, arguments.format)
    return summary(planned, done)
