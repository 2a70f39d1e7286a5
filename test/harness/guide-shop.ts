/** The shop that the guide's examples belong to: the models and tasks that they import without showing them. */

const MODELS = `from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)
    email = models.EmailField()
    paid_cents = models.IntegerField(default=0)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)
    state = models.CharField(max_length=10)
    note = models.TextField(blank=True)
    cart_id = models.IntegerField(null=True)
    cents = models.IntegerField(default=0)


class Account(models.Model):
    number = models.CharField(max_length=20)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)
    balance = models.IntegerField(default=0)


class Invoice(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)
    cents = models.IntegerField(default=0)


class Product(models.Model):
    sku = models.CharField(max_length=20, unique=True)
    cents = models.IntegerField(default=0)
`;

const TASKS = (...names: readonly string[]) =>
  [
    "from celery import shared_task\n",
    ...names.map((name) => `\n@shared_task\ndef ${name}(*args: object) -> None: ...\n`),
  ].join("\n");

/** Files beside an example, by path. */
export const GUIDE_SHOP: readonly { readonly path: string; readonly text: string }[] = [
  { path: "shop/models.py", text: MODELS },
  { path: "shop/jobs.py", text: TASKS("confirm", "build_report") },
  { path: "shop/tasks.py", text: TASKS("send_confirmation") },
];
