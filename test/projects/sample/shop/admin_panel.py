"""The admin panel: small, internal, and soon on the internet."""

from flask import Flask, make_response, request

app = Flask(__name__)
app.config["SECRET_KEY"] = "change-me-9d8f7a6b5c4d"


@app.route("/login", methods=["POST"])
def login():
    response = make_response("welcome")
    response.set_cookie("session", request.form["token"])
    return response


if __name__ == "__main__":
    app.run(host="0.0.0.0", debug=True)
