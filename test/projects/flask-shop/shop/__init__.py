from flask import Flask

from shop.staff import admin
from shop.rest import api
from shop.order_views import orders


def create_app() -> Flask:
    app = Flask(__name__)
    app.register_blueprint(orders)
    app.register_blueprint(admin, url_prefix="/backoffice")
    api.init_app(app)

    @app.route("/health")
    def health():
        return "ok"

    return app
