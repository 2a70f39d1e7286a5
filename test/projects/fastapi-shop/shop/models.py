class User:
    is_superuser = False
