"""Views of the back office."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from shop import orders


@csrf_exempt
def cancel_order(request: HttpRequest, order_id: int) -> JsonResponse:
    done = orders.cancel(order_id, request.POST["reason"])
    return JsonResponse({"cancelled": done})
