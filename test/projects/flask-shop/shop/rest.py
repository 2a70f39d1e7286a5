from flask_restx import Api, Namespace, Resource

from shop.guards import members_only

api = Api(prefix="/api")
baskets = Namespace("baskets", path="/baskets")
api.add_namespace(baskets)


@baskets.route("/<int:basket_id>")
class Basket(Resource):
    method_decorators = [members_only]

    def get(self, basket_id):
        return {}

    def delete(self, basket_id):
        return "", 204
