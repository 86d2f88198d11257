from django.urls import path

from plans import views

urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/<str:plan>/", views.plan, name="plan"),
    path("plans/<str:plan>/<str:edition>/", views.edition, name="edition"),
    path("issues/", views.issues, name="issues"),
    path("issues/<str:issue>/", views.issue, name="issue"),
    path("sources/", views.sources, name="sources"),
    path("about/", views.about, name="about"),
    path("about/method/", views.method, name="method"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
