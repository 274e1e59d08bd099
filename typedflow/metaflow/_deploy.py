"""Deploying a flow: under which names, and by which command of Metaflow's.

Metaflow's Deployer starts the same commands. It knows no Airflow, and it imports the flow and reads its configs in its
own process, for which several variants would have to wait for each other.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from typedflow.metaflow._launch import reject_config, subcommand_index

#: What Metaflow takes (``resolve_workflow_name_v2``, ``resolve_state_machine_name``; Airflow's own for a DAG).
_LONGEST = {"argo-workflows": 45, "step-functions": 80, "airflow": 250}
#: Where flows are deployed.
TARGETS = tuple(_LONGEST)
#: ``VALID_NAME_LEN`` of Metaflow's ``project_decorator.py`` (2.19).
_LONGEST_BRANCH = 128


@dataclass(frozen=True, slots=True)
class DeploymentName:
    """The name that a variant is deployed under: Metaflow's ``--name``, or the ``--branch`` of a ``@project``.

    ``shown`` tells deployments of a project apart, and ``is_too_long`` that the target would refuse it.
    ``has_environment``: the environment is a part of it.
    """

    shown: str
    options: tuple[str, ...] = ()
    group_options: tuple[str, ...] = ()
    is_too_long: bool = False
    has_environment: bool = False


def deployment_name(
    flow: str,
    binding: str | None,
    branch: str | None,
    target: str,
    *,
    is_project: bool,
    production: bool,
    environment: str | None = None,
) -> DeploymentName:
    """Return the name of a variant: of the flow in the manifest, the branch, the environment and the binding, if any.

    A production deployment has no branch in its name. The name of a ``@project`` is made by Metaflow, of its branch.
    """
    parts = [part for part in (None if production else branch, environment, binding) if part]
    if not is_project:
        name = _joined([flow, *parts], "-")
        is_long = len(name) > _LONGEST[target]
        return DeploymentName(name, (), ("--name", name), is_too_long=is_long, has_environment=environment is not None)
    given = _joined(parts, "_")
    options = (*(("--production",) if production else ()), *(("--branch", given) if given else ()))
    name = _joined([flow, *(("production",) if production else ()), *parts], "-")
    is_long = len(given) > _LONGEST_BRANCH
    return DeploymentName(name, options, is_too_long=is_long, has_environment=environment is not None)


def _joined(parts: Sequence[str], between: str) -> str:
    """Return a name that every target accepts: lowercase letters, digits, and separators between the parts."""
    return re.sub(r"[^a-z0-9]+", between, between.join(parts).lower()).strip(between)


def deploy_command(
    flow_file: Path | str,
    config: str,
    compiled: Path | str,
    target: str,
    name: DeploymentName,
    arguments: Sequence[str] = (),
) -> list[str]:
    """Return the command that deploys a compiled variant.

    Arguments that Metaflow takes before a command go there (``--datastore s3``), and the others to ``create``.

    Raises:
        TypedflowError: the arguments give the config, too.
    """
    reject_config(arguments, config)
    at = subcommand_index(arguments)
    before, behind = arguments[:at], arguments[at:]
    start = [sys.executable, str(flow_file), *before, *name.options, "--config", config, str(compiled)]
    return [*start, target, *name.group_options, "create", *behind]
