from flask import Blueprint, abort, g

admin = Blueprint("admin", __name__, url_prefix="/admin")


@admin.before_request
def only_staff():
    if not g.user.is_staff:
        abort(403)


@admin.get("/users")
def users():
    return []
