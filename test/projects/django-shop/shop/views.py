from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_POST
from django.views.generic import ListView, UpdateView


class AccountView(UpdateView):
    fields = ["name"]


class StaffMixin(UserPassesTestMixin):
    def test_func(self):
        return self.request.user.is_staff


@method_decorator(login_required, name="dispatch")
class StaffList(StaffMixin, ListView):
    pass


def archive(request, year, page=1):
    return HttpResponse(year)


@require_POST
@login_required
@permission_required("shop.pay_order")
def pay(request, pk):
    return HttpResponse("")


class Unused(View):
    pass
