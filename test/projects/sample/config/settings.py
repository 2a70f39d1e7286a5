"""Django settings of the back office."""

DEBUG = True
SECRET_KEY = "django-insecure-8h2k4j5h6g7f8d9s0a1q2w3e4r5t6y7u"
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "shop"]

SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
