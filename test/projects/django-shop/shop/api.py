from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.permissions import AllowAny, BasePermission, IsAdminUser
from rest_framework.response import Response
from rest_framework.viewsets import ModelViewSet, ReadOnlyModelViewSet


class IsOwner(BasePermission):
    def has_object_permission(self, request, view, obj):
        return obj.owner == request.user


class OrderViewSet(ModelViewSet):
    serializer_class = "OrderSerializer"
    http_method_names = ["get", "post", "delete"]

    @action(detail=True, methods=["post"], url_path="cancel-now", permission_classes=[IsOwner])
    def cancel(self, request, pk=None):
        return Response()

    @action(detail=False)
    def unpaid(self, request):
        return Response()


class ProductViewSet(ReadOnlyModelViewSet):
    permission_classes = [AllowAny | IsAdminUser]
    lookup_field = "sku"


@api_view(["GET"])
@permission_classes([AllowAny])
def ping(request):
    return Response("pong")
