from flask import Blueprint
from flask.views import MethodView
from flask_login import login_required

from shop.guards import members_only, needs_role

orders = Blueprint("orders", __name__, url_prefix="/orders")


@orders.route("/")
@members_only
def list_orders():
    return []


@orders.route("/<int:order_id>", methods=["POST", "DELETE"])
@needs_role("support")
def change(order_id: int):
    return ""


class Invoice(MethodView):
    decorators = [login_required]

    def get(self, order_id):
        return ""

    def put(self, order_id):
        return ""


orders.add_url_rule("/<uuid:order_id>/invoice", view_func=Invoice.as_view("invoice"))
