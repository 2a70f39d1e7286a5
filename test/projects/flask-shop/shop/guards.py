from functools import wraps

from flask import abort, g, redirect, url_for


def members_only(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        if g.user is None:
            return redirect(url_for("auth.login"))
        return view(*args, **kwargs)

    return wrapper


def needs_role(role):
    def decorate(view):
        @wraps(view)
        def wrapper(*args, **kwargs):
            if role not in g.user.roles:
                abort(403)
            return view(*args, **kwargs)

        return wrapper

    return decorate
