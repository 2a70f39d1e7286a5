/** Rule: a message that is taken out of the queue before its work is done. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { argumentOf, isTrue, lastName, literalString } from "../../syntax/calls.ts";

type Context = RuleContext<"autoAck" | "autoCommit">;

export default defineRule({
  id: "message-acked-before-processing",
  title: "Message acknowledged before it is processed",
  section: "background-jobs",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  cwe: [754],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "background-jobs#brokers",
  messages: {
    autoAck:
      "The broker forgets each message as it hands it out: when this process dies, or fails, the message is gone. Acknowledge it after the work (`basic_ack`), and let what fails go to a dead-letter queue.",
    autoCommit:
      "The offset is committed by the clock, not by the work: what was fetched and not yet processed is skipped after a crash. Set it to false, and commit after the work.",
  },
  docs: {
    why: "A broker keeps a message until somebody says that it is done. With automatic acknowledgement that is said on delivery, before the first line of your code runs. Each crash, each deployment and each exception then loses what was on the way, and nobody hears of it, because the queue is empty and looks healthy.",
    bad: `import pika


def consume(channel: pika.channel.Channel) -> None:
    channel.basic_consume(queue="orders", on_message_callback=print, auto_ack=True)
    channel.start_consuming()
`,
    good: `import pika


def handle(channel: pika.channel.Channel, method, properties, body: bytes) -> None:
    print(body)
    channel.basic_ack(method.delivery_tag)


def consume(channel: pika.channel.Channel) -> None:
    channel.basic_consume(queue="orders", on_message_callback=handle)
    channel.start_consuming()
`,
    whenFine: "For measurements of which one more or less does not matter.",
    references: ["https://www.rabbitmq.com/docs/confirms#consumer-acknowledgements"],
  },
  fix: "none",
  on: {
    Call(node, ctx) {
      const name = lastName(node.func);
      if (/^basic_(?:consume|get)$/.test(name)) judgeAck(node, ctx);
      else if (/^(?:AIOKafkaConsumer|KafkaConsumer)$/.test(name))
        report(argumentOf(node, "enable_auto_commit"), "autoCommit", ctx);
      else if (
        /^(?:Consumer|DeserializingConsumer)$/.test(name) &&
        ctx.model.importsPackage("confluent_kafka")
      )
        judgeConfig(node, ctx);
    },
  },
});

function judgeAck(call: Call, ctx: Context): void {
  report(argumentOf(call, "auto_ack") ?? argumentOf(call, "no_ack"), "autoAck", ctx);
}

/** `Consumer({"enable.auto.commit": True})`. */
function judgeConfig(call: Call, ctx: Context): void {
  const [config] = call.args;
  if (config?.kind !== "Dict") return;
  const at = config.keys.findIndex((key) => literalString(key) === "enable.auto.commit");
  report(config.values[at], "autoCommit", ctx);
}

function report(value: Expr | undefined, messageId: "autoAck" | "autoCommit", ctx: Context): void {
  if (value !== undefined && isTrue(value)) ctx.report(value, messageId);
}
