"""``typedflow deploy``: check, compile and deploy the variants of a flow."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typedflow.operations import Deployed
    from typedflow.units import PlannedDeployment

_INTERRUPTED = 130
_EXAMPLES = """\
If any variant has an error, nothing is deployed. Variants whose settings and code have not changed since they were
deployed are skipped, so after a failure or an interruption the same command deploys the rest. Everything after `--` is
passed to Metaflow.

exit codes: 0 all variants are deployed, 1 findings or failures, 2 an invalid command line

keys of the JSON: version (1), flow, target, and deployments: each with binding, identity (null if the project has no
name), environment, name, digest, state (new, changed, unchanged; deployed, failed or interrupted when done), seconds
and reason (both null if there are none)

examples:
  typedflow deploy training --binding 'EXP_*' --to argo-workflows --env prod --production
  typedflow deploy training --binding EXP_01 --to step-functions
  typedflow deploy training --binding '*' --to airflow --dags ~/airflow/dags
  typedflow deploy training --binding '*' --to argo-workflows --locked --dry-run
  typedflow deploy training --binding EXP_01 --to argo-workflows --only-json > template.json
  typedflow deploy training --binding '*' --to argo-workflows -- --datastore s3 --max-workers 10
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "deploy", run, "check the variants of a flow and deploy them", _EXAMPLES)
    parser.usage = "typedflow deploy [-h] [OPTIONS] --to TARGET FLOW [-- METAFLOW ARGUMENTS]"
    _parser.flow_argument(parser, help="the flow")
    text = "the bindings that match this glob; can be repeated (optional if the flow has one binding)"
    _parser.bindings_option(parser, text)
    parser.add_argument("--to", required=True, choices=_parser.TARGETS, help="where to deploy")
    _parser.settings_options(parser)
    text = "the branch in the names, which also chooses the environment (default: the git branch)"
    names = parser.add_mutually_exclusive_group()
    names.add_argument("--branch", metavar="NAME", help=text)
    names.add_argument("--production", action="store_true", help="names without a branch (with @project: production)")
    parser.add_argument("--locked", action="store_true", help="stop if anything differs from typedflow.lock")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--dry-run", action="store_true", help="show what would be deployed, and under which names")
    shown.add_argument("--only-json", action="store_true", help="print what would be created (not for airflow)")
    parser.add_argument("--again", action="store_true", help="also deploy what has not changed")
    parser.add_argument("--dags", metavar="DIR", help="where Airflow's files go (default: dags, in the project)")
    text = "how many deployments at once (default: 4)"
    parser.add_argument("--jobs", metavar="N", type=_parser.integer(1), default=4, help=text)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")


def run(arguments: argparse.Namespace) -> int:
    """Deploy, or show what would be deployed; print a table, or JSON."""
    from typedflow.cli._deployment_table import deployment_table, put_deployments
    from typedflow.cli._exit_codes import exit_code
    from typedflow.cli._open import open_named_project
    from typedflow.cli._variants_display import variants_display
    from typedflow.operations import argument_error, deploy

    if arguments.only_json and arguments.to == "airflow":
        hint = "`--dry-run` shows the names"
        raise argument_error("Airflow deployments are Python files, not JSON", option="--only-json", hint=hint)
    project = open_named_project(arguments)
    with variants_display(project.root, deployment_table) as show:
        deployed = deploy(
            project,
            unit=arguments.flow,
            target=arguments.to,
            bindings=arguments.binding,
            environment=arguments.env,
            overrides=arguments.options,
            branch=arguments.branch,
            production=arguments.production,
            locked=arguments.locked,
            again=arguments.again,
            dags=arguments.dags,
            arguments=arguments.rest,
            dry_run=arguments.dry_run or arguments.only_json,
            jobs=arguments.jobs,
            on_event=show,
        )
    if deployed.has_errors:
        return exit_code(deployed.findings)
    if arguments.only_json:
        return _put_templates(deployed.planned)
    put_deployments(deployed, arguments.format)
    return _summary(deployed)


def _put_templates(planned: Sequence[PlannedDeployment]) -> int:
    """Print the template of one variant as it is, those of several by binding; return the exit code."""
    from typedflow.cli._console import put_json, report
    from typedflow.operations import deployment_templates

    templates = deployment_templates(planned)
    if found := templates.by_binding:
        put_json(next(iter(found.values())) if len(planned) == 1 else found)
    report(templates.findings)
    return 1 if templates.findings else 0


def _summary(deployed: Deployed) -> int:
    """Report what failed, print how many deployments there are in each state, and return the exit code."""
    from collections import Counter

    from typedflow.cli._console import report, say

    if not deployed.finished:
        would = sum(each.state != "unchanged" for each in deployed.planned)
        say(f"{would} of {len(deployed.planned)} would be deployed")
        return 0
    counts = Counter(each.outcome.state for each in deployed.finished)
    report(deployed.failures)
    say(", ".join(f"{number} {state}" for state, number in counts.items()))
    if "failed" in counts or "interrupted" in counts:
        say("run the same command again to deploy the rest")
    return _INTERRUPTED if "interrupted" in counts else 1 if "failed" in counts else 0
