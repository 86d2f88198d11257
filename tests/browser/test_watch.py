"""The watch over the pages sees what it is there to see: a check that can't fail is no check."""

import pytest

BAD_PAGE = """
    <html><head><title></title></head>
    <body><img src="data:,"><input><p style="color: #aaa; background: #fff">pale words</p></body>
    </html>
"""


def test_axe_finds_the_faults_of_a_bad_page(page, axe):
    page.set_content(BAD_PAGE)
    faults = {line.split(":")[0] for line in axe(page)}
    assert {"color-contrast", "document-title", "html-has-lang", "image-alt", "label"} <= faults


def test_axe_finds_nothing_on_a_good_page(page, axe):
    page.set_content('<html lang="en"><title>Good</title><main><h1>Good</h1></main></html>')
    assert axe(page) == []


def test_request_to_another_host_is_refused_and_seen(page, problems):
    with page.expect_console_message():
        page.set_content('<script src="http://elsewhere.example/x.js"></script>')
    assert "request to another host: http://elsewhere.example/x.js" in problems
    problems.clear()


@pytest.mark.parametrize("fault", ["console.error('broken')", "missing_function()"])
def test_error_on_a_page_is_seen(page, problems, fault):
    page.set_content(f"<script>{fault}</script>")
    page.wait_for_function("document.readyState === 'complete'")
    assert len(problems) == 1
    problems.clear()


def test_page_can_be_dark_narrow_and_without_scripts(new_page):
    page = new_page(javascript=False, color_scheme="dark", width=390)
    page.set_content(
        "<style>p { display: none } @media (prefers-color-scheme: dark) and (max-width: 400px)"
        "{ p { display: block } }</style><p>dark</p><script>document.body.textContent = ''</script>"
    )
    assert page.locator("p").is_visible()
