/** Taint in parsers, loaders, template engines and directory clients from outside the standard library. */

import { type Risk, riskSet, type SinkModel, type TaintModel } from "./types.ts";

const sinks = (risk: Risk, ...names: readonly string[]): readonly SinkModel[] =>
  names.map((name) => ({ name, risk, args: [{ at: 0 }] }));

export const parsers: TaintModel = {
  library: "parsers",
  sinks: [
    {
      name: "yaml.load",
      risk: "deserialization",
      args: [{ at: 0, name: "stream" }],
    },
    ...sinks(
      "deserialization",
      "yaml.unsafe_load",
      "yaml.unsafe_load_all",
      "yaml.full_load",
      "jsonpickle.decode",
    ),
    ...sinks(
      "deserialization",
      "dill.loads",
      "dill.load",
      "cloudpickle.loads",
      "cloudpickle.load",
      "joblib.load",
    ),
    ...sinks("deserialization", "pandas.read_pickle"),
    ...sinks("template", "jinja2.Template", "jinja2.Environment.from_string", "mako.template.Template"),
    ...sinks("xml", "lxml.etree.fromstring", "lxml.etree.parse", "lxml.etree.XML"),
    ...sinks("xpath", "lxml.etree.XPath", "lxml.etree.ETXPath"),
    ...sinks(
      "xpath",
      "lxml.etree._Element.xpath",
      "lxml.etree._ElementTree.xpath",
      "lxml.etree._Element.find",
    ),
    ...sinks("xpath", "lxml.etree._Element.findall", "elementpath.select"),
    { name: "elementpath.select", risk: "xpath", args: [{ at: 1, name: "path" }] },
    {
      name: "ldap3.Connection.search",
      risk: "ldap-filter",
      args: [{ at: 1, name: "search_filter" }],
    },
    { name: "ldap3.Connection.search", risk: "ldap-dn", args: [{ at: 0, name: "search_base" }] },
    {
      name: "ldap.ldapobject.LDAPObject.search_s",
      risk: "ldap-filter",
      args: [{ at: 2, name: "filterstr" }],
    },
    { name: "ldap.ldapobject.LDAPObject.search_s", risk: "ldap-dn", args: [{ at: 0, name: "base" }] },
  ],
  sanitizers: [
    { name: "ldap.filter.escape_filter_chars", clears: riskSet("ldap-filter") },
    { name: "ldap3.utils.conv.escape_filter_chars", clears: riskSet("ldap-filter") },
    { name: "ldap.dn.escape_dn_chars", clears: riskSet("ldap-dn") },
    { name: "ldap3.utils.dn.escape_rdn", clears: riskSet("ldap-dn") },
    { name: "jinja2.Template.render", clears: riskSet("xss") },
    { name: "bleach.clean", clears: riskSet("xss") },
    { name: "nh3.clean", clears: riskSet("xss") },
  ],
};
