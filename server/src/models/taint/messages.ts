/** Taint in what leaves as text for people and programs: logs, mail, spreadsheets. */

import { clears, members, sinks } from "./entries.ts";
import { riskSet, type TaintModel } from "./types.ts";

const LEVELS = "debug info warning warn error exception critical fatal";

export const logs: TaintModel = {
  library: "logging",
  sinks: [
    ...(["log", "disclosure"] as const).flatMap((risk) => [
      ...sinks(risk, members("logging logging.Logger logging.LoggerAdapter", LEVELS), 0, {
        part: "logged",
        label: "a log message",
      }),
      ...sinks(risk, members("logging logging.Logger", "log"), 1, { part: "logged", label: "a log message" }),
      ...sinks(risk, members("loguru.logger", "debug info success warning error exception critical"), 0, {
        part: "logged",
        label: "a log message",
      }),
    ]),
    ...sinks("log", "syslog.syslog", [{ from: 0 }], { label: "the system log" }),
    ...sinks("disclosure", "builtins.print", [{ from: 0 }], { label: "the standard output" }),
    ...sinks("disclosure", "sentry_sdk.capture_message sentry_sdk.set_tag", [{ from: 0 }], {
      label: "an error report",
    }),
    ...sinks("disclosure", "sentry_sdk.set_extra sentry_sdk.set_context", 1, { label: "an error report" }),
  ],
};

const MAIL = "the recipients of a mail";

export const mail: TaintModel = {
  library: "mail",
  sinks: [
    ...sinks("mail", "smtplib.SMTP.sendmail", [1, "to_addrs"], { label: MAIL }),
    ...sinks("mail", "smtplib.SMTP.sendmail", [2, "msg"], { label: "the raw text of a mail" }),
    ...sinks(
      "mail",
      members(
        "email.mime.text.MIMEText email.mime.multipart.MIMEMultipart email.message.Message",
        "__setitem__",
      ),
      1,
      {
        label: "a mail header",
      },
    ),
    ...sinks("mail", "email.message.EmailMessage.__setitem__", 1, {
      label: MAIL,
      when: [{ at: 0, like: /^(?:to|cc|bcc)$/i }],
    }),
    ...sinks("mail", "django.core.mail.send_mail", [3, "recipient_list"], { label: MAIL }),
    ...sinks("mail", "django.core.mail.EmailMessage django.core.mail.EmailMultiAlternatives", [3, "to"], {
      label: MAIL,
    }),
    ...sinks(
      "mail",
      "django.core.mail.EmailMessage django.core.mail.EmailMultiAlternatives",
      [{ name: "headers" }],
      {
        label: "the headers of a mail",
      },
    ),
    ...sinks("mail", "flask_mail.Message", [{ at: 1, name: "recipients" }], { label: MAIL }),
  ],
  sanitizers: [...clears(riskSet("mail"), "email_validator.validate_email email.header.Header")],
};

export const sheets: TaintModel = {
  library: "spreadsheets",
  sinks: [
    ...sinks("csv", "csv._writer.writerow csv._writer.writerows", 0, { label: "a CSV row" }),
    ...sinks("csv", "csv.DictWriter.writerow csv.DictWriter.writerows", 0, { label: "a CSV row" }),
    ...sinks("csv", "openpyxl.worksheet.worksheet.Worksheet.append", 0, { label: "a spreadsheet row" }),
    ...sinks("csv", "openpyxl.worksheet.worksheet.Worksheet.cell", [2, "value"], {
      label: "a spreadsheet cell",
    }),
    ...sinks("csv", "openpyxl.worksheet.worksheet.Worksheet.__setitem__", 1, { label: "a spreadsheet cell" }),
    ...sinks(
      "csv",
      members("xlsxwriter.worksheet.Worksheet", "write write_row write_column"),
      [{ from: 1 }],
      {
        label: "a spreadsheet cell",
      },
    ),
  ],
};
