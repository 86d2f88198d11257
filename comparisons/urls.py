from django.urls import path, re_path

from comparisons import views

PAIR = r"(?P<pair>[^/]+?)"
TOKEN = r"(?P<token>[a-z2-7]{20})"  # noqa: S105 (an address, no secret)
ISSUE = r"(?P<issue>[^/.]+)"

urlpatterns = [
    path("", views.home, name="home"),
    path("compare/", views.choose, name="choose"),
    re_path(rf"^compare/{PAIR}\.json$", views.comparison_json, name="comparison-json"),
    re_path(rf"^compare/{PAIR}/{ISSUE}\.json$", views.comparison_json, name="issue-json"),
    re_path(rf"^compare/{PAIR}/$", views.comparison, name="comparison"),
    re_path(rf"^compare/{PAIR}/{ISSUE}/$", views.comparison, name="comparison-issue"),
    re_path(rf"^c/{TOKEN}\.json$", views.permanent_json, name="permanent-json"),
    re_path(rf"^c/{TOKEN}/reversed\.json$", views.reversed_json, name="reversed-json"),
    re_path(
        rf"^c/{TOKEN}/reversed/{ISSUE}\.json$", views.reversed_json, name="reversed-issue-json"
    ),
    re_path(rf"^c/{TOKEN}/{ISSUE}\.json$", views.permanent_json, name="permanent-issue-json"),
    re_path(rf"^c/{TOKEN}/$", views.permanent, name="permanent"),
    re_path(rf"^c/{TOKEN}/reversed/$", views.permanent, {"turned": True}, name="reversed"),
    re_path(
        rf"^c/{TOKEN}/reversed/{ISSUE}/$", views.permanent, {"turned": True}, name="reversed-issue"
    ),
    re_path(rf"^c/{TOKEN}/{ISSUE}/$", views.permanent, name="permanent-issue"),
]
