from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path
from rest_framework.routers import DefaultRouter

from shop import api, views

router = DefaultRouter()
router.register("orders", api.OrderViewSet)
router.register("products", api.ProductViewSet, basename="product")

account = [
    path("", login_required(views.AccountView.as_view())),
    re_path(r"^(?P<year>\d{4})/(?:page-(?P<page>\d+)/)?$", views.archive),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include(account)),
    path("api/", include((router.urls, "api"))),
    path("api/ping/", api.ping),
    path("staff/", views.StaffList.as_view()),
    path("shop/", include("shop.more_urls")),
]
