"""One address of each kind of public page, on the bundled plans."""

US, EUROPE = "us-28-point-draft", "european-counterproposal"
FRAMEWORK = "us-ukraine-20-point-framework"
PAIR = f"/compare/{US}...{EUROPE}"
LEAD = f"comparison/{US}@2025-11-20...{EUROPE}@2025-11-23"
"""The key of the lead comparison in the log."""


def pages(token: str) -> dict[str, str]:
    """Every kind of HTML page; `token` is the lead comparison's."""
    return {
        "home": "/",
        "plans": "/plans/",
        "plan": f"/plans/{EUROPE}/",
        "earlier edition": f"/plans/{FRAMEWORK}/2025-11-24/",
        "issues": "/issues/",
        "issue": "/issues/armed-forces/",
        "choose": f"/compare/?plan={US}",
        "comparison": f"{PAIR}/",
        "comparison by point": f"{PAIR}/?view=points&diff=inline",
        "comparison, changes": f"{PAIR}/?show=changes&diff=none",
        "comparison not reviewed": f"/compare/china-position-2023...{FRAMEWORK}/",
        "comparison of editions": f"/compare/{FRAMEWORK}@2025-11-24...{FRAMEWORK}@2025-12-24/",
        "comparison issue": f"{PAIR}/armed-forces/",
        "permanent": f"/c/{token}/",
        "permanent issue": f"/c/{token}/sanctions/",
        "reversed": f"/c/{token}/reversed/",
        "reversed issue": f"/c/{token}/reversed/armed-forces/",
        "sources": "/sources/",
        "about": "/about/",
        "method": "/about/method/",
    }
