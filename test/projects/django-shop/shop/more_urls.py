from django.urls import path

from . import views
from .api import OrderViewSet

app_name = "more"
urlpatterns = [path("pay/<uuid:pk>/", views.pay)]
urlpatterns += [path("open/", OrderViewSet.as_view({"get": "unpaid"}))]
