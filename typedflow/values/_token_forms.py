"""The forms of services' tokens, as the services publish them: each with what it begins with, by which it is searched.

Sources: the pages of the rule ``secret-value``, those named beside a form, and for the others the table of gitleaks 8
(MIT, https://github.com/gitleaks/gitleaks, config/gitleaks.toml). Every repetition has a bound, so that a long text
takes time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_HEX, _ALNUM, _DASHED = "[0-9a-f]", "[A-Za-z0-9]", "[A-Za-z0-9_-]"

#: What a token is, what it begins with, and the expression of the rest.
FORMS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("a private key", ("-----BEGIN ",), r"(?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----\s{1,9}[A-Za-z0-9+/=]{4}"),
    ("an age key", ("AGE-SECRET-KEY-1",), r"[A-Z0-9]{58}"),  # https://github.com/FiloSottile/age
    ("an AWS access key", ("AKIA", "ASIA"), r"[A-Z2-7]{16}(?![A-Za-z0-9])"),
    ("a GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), rf"{_ALNUM}{{36,255}}\b"),
    ("a GitHub token", ("github_pat_",), rf"{_ALNUM}{{22}}_{_ALNUM}{{59}}\b"),
    (
        "a GitLab token",
        tuple(f"gl{kind}-" for kind in ("pat", "dt", "rt", "cbt", "ptt", "ft", "imt", "agent", "soat", "oas", "ffct")),
        r"[A-Za-z0-9_.-]{20,300}",
    ),
    ("a Slack token", tuple(f"xox{kind}" for kind in "abeoprs"), r"(?:\.xox[bp])?-[A-Za-z0-9-]{20,300}"),
    ("a Slack token", ("xapp-",), r"\d-[A-Za-z0-9-]{20,300}"),
    (
        "a Slack webhook",
        ("hooks.slack.com/services/",),
        rf"T[A-Z0-9]{{7,20}}/B[A-Z0-9]{{7,20}}/{_ALNUM}{{20,60}}",
    ),
    ("a Stripe key", ("sk_live_", "sk_test_", "rk_live_", "rk_test_"), rf"{_ALNUM}{{16,200}}"),
    ("a Stripe key", ("whsec_",), rf"{_ALNUM}{{24,200}}"),
    ("an OpenAI key", ("sk-",), rf"{_DASHED}{{20,120}}T3BlbkFJ{_DASHED}{{20}}"),
    ("an Anthropic key", ("sk-ant-",), rf"[a-z]{{3,20}}\d\d-{_DASHED}{{40}}"),
    ("an OpenRouter key", ("sk-or-v1-",), rf"{_HEX}{{64}}"),  # https://openrouter.ai/docs/api-reference/authentication
    ("a Google key", ("AIza",), rf"{_DASHED}{{35}}(?!{_DASHED})"),
    ("a Google key", ("GOCSPX-",), rf"{_DASHED}{{28}}(?!{_DASHED})"),
    # https://developers.google.com/identity/protocols/oauth2
    ("a Google token", ("ya29.",), rf"{_DASHED}{{30}}"),
    ("an npm token", ("npm_",), rf"{_ALNUM}{{36}}\b"),
    ("a PyPI token", ("pypi-AgE",), rf"{_DASHED}{{50}}"),
    ("a JSON Web Token", ("eyJ",), rf"{_DASHED}{{8,4000}}\.eyJ{_DASHED}{{8,4000}}\.{_DASHED}{{16}}"),
    ("a Hugging Face token", ("hf_", "api_org_"), r"[A-Za-z]{34}(?![A-Za-z0-9_])"),
    ("a Databricks token", ("dapi",), rf"{_HEX}{{32}}(?![0-9a-zA-Z])"),
    # https://developers.cloudflare.com/fundamentals/api/get-started/token-formats
    ("a Cloudflare token", ("cfk_", "cfut_", "cfat_"), rf"{_ALNUM}{{40}}"),
    ("a SendGrid key", ("SG.",), rf"{_DASHED}{{22}}\.{_DASHED}{{43}}"),
    ("a DigitalOcean token", ("dop_v1_", "doo_v1_", "dor_v1_"), rf"{_HEX}{{64}}"),
    ("a Docker Hub token", ("dckr_pat_", "dckr_oat_"), rf"{_DASHED}{{27}}"),
    ("a Grafana token", ("glsa_",), rf"{_ALNUM}{{32}}_[A-Fa-f0-9]{{8}}"),
    ("a Grafana token", ("glc_",), r"eyJ[A-Za-z0-9+/]{32}"),
    ("a Vault token", ("hvs.", "hvb.", "hvr."), rf"{_DASHED}{{24}}"),
    ("a Terraform token", (".atlasv1.",), rf"(?<={_ALNUM}{{14}}\.atlasv1\.){_DASHED}{{60}}"),
    ("an Azure storage key", ("AccountKey=", "SharedAccessKey="), r"[A-Za-z0-9+/]{43,86}="),
    (
        "a Discord webhook",
        ("discord.com/api/webhooks/", "discordapp.com/api/webhooks/"),
        rf"\d{{17,20}}/{_DASHED}{{60}}",
    ),
    ("a Telegram token", (":AA",), rf"(?<=\d{{8}}:AA){_DASHED}{{33}}(?!{_DASHED})"),
    ("a Twilio key", ("SK",), rf"{_HEX}{{32}}(?![0-9a-zA-Z])"),
    ("a Mailgun key", ("key-",), rf"{_HEX}{{32}}(?![0-9a-zA-Z])"),
    ("a Shopify token", ("shpat_", "shpca_", "shppa_", "shpss_"), r"[A-Fa-f0-9]{32}"),
    ("a New Relic key", ("NRAK-",), r"[A-Z0-9]{27}"),
    # https://docs.sentry.io/security-legal-pii/security/token-formats
    ("a Sentry token", ("sntrys_",), r"eyJ[A-Za-z0-9+/=_]{60}"),
    ("a Sentry token", ("sntryu_",), rf"{_HEX}{{64}}"),
    ("a Linear key", ("lin_api_",), rf"{_ALNUM}{{40}}"),
    ("a Notion token", ("ntn_",), rf"\d{{11}}{_ALNUM}{{35}}"),
    ("a Postman key", ("PMAK-",), rf"{_HEX}{{24}}-{_HEX}{{34}}"),
    ("a Pulumi token", ("pul-",), rf"{_HEX}{{40}}"),
    # https://docs.doppler.com/reference/auth-token-formats
    ("a Doppler token", ("dp.pt.", "dp.st.", "dp.ct.", "dp.sa."), r"(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}"),
    ("a Prefect key", ("pnu_", "pnb_"), rf"{_ALNUM}{{36}}"),
    ("a Replicate token", ("r8_",), rf"{_ALNUM}{{37}}\b"),
    ("a Groq key", ("gsk_",), rf"{_ALNUM}{{52}}\b"),
    ("a Perplexity key", ("pplx-",), rf"{_ALNUM}{{48}}\b"),
    ("a LangSmith key", ("lsv2_pt_", "lsv2_sk_"), rf"{_HEX}{{32}}_{_HEX}{{10}}"),
    ("a RubyGems key", ("rubygems_",), rf"{_HEX}{{48}}"),
    ("an Atlassian token", ("ATATT3xFfGF0",), r"[A-Za-z0-9_=-]{100}"),
    ("a 1Password token", ("ops_eyJ",), r"[A-Za-z0-9+/]{250}"),
    ("an Airtable token", ("pat",), rf"{_ALNUM}{{14}}\.{_HEX}{{64}}"),
    ("a Bedrock key", ("ABSK",), r"[A-Za-z0-9+/]{109}"),
    ("a PlanetScale password", ("pscale_pw_", "pscale_tkn_", "pscale_oauth_"), r"[\w.=-]{32}"),
)
_BY_PREFIX = tuple((prefix, kind, rest) for kind, prefixes, rest in FORMS for prefix in prefixes)
_DOCUMENTED = re.compile(r"EXAMPLE\b|example|([A-Za-z0-9])\1{9}|1234567890123456|(?i:xxxxxx)")
_SHORTEST = 16


def tokens_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each token of known form in a text: what it is, and where; documented examples are none."""
    if len(text) < _SHORTEST:
        return
    for prefix, kind, rest in [form for form in _BY_PREFIX if form[0] in text]:
        for match in form_of(prefix, rest).finditer(text):
            if not _DOCUMENTED.search(match[0]):
                yield kind, *match.span()


@cache
def form_of(prefix: str, rest: str) -> re.Pattern[str]:
    """Return the expression of a token; what it begins with does not stand within a word."""
    begin = re.escape(prefix)
    before = rf"(?<![A-Za-z0-9]{begin})" if prefix[0].isalnum() else ""
    return re.compile(f"{begin}{before}{rest}")
