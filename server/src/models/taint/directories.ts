/** Taint in LDAP clients: search filters and distinguished names. */

import { clears, members, sinks } from "./entries.ts";
import { riskSet, type TaintModel } from "./types.ts";

const LDAP = "ldap.ldapobject.LDAPObject";

export const ldap: TaintModel = {
  library: "ldap",
  sinks: [
    ...sinks(
      "ldap-filter",
      members(LDAP, "search search_s search_st search_ext search_ext_s"),
      [2, "filterstr"],
      {
        label: "the LDAP filter",
      },
    ),
    ...sinks("ldap-dn", members(LDAP, "search search_s search_st search_ext search_ext_s"), [0, "base"], {
      label: "the LDAP search base",
    }),
    ...sinks("ldap-dn", members(LDAP, "simple_bind simple_bind_s bind_s"), [0, "who"], {
      label: "the LDAP name",
    }),
    ...sinks("ldap-dn", members(LDAP, "modify_s add_s delete_s"), [0, "dn"], { label: "the LDAP name" }),
  ],
  sanitizers: [
    ...clears(riskSet("ldap-filter"), "ldap.filter.escape_filter_chars ldap.filter.filter_format"),
    ...clears(riskSet("ldap-dn"), "ldap.dn.escape_dn_chars"),
  ],
};

export const ldap3: TaintModel = {
  library: "ldap3",
  sinks: [
    ...sinks("ldap-filter", "ldap3.Connection.search", [1, "search_filter"], { label: "the LDAP filter" }),
    ...sinks("ldap-dn", "ldap3.Connection.search", [0, "search_base"], { label: "the LDAP search base" }),
    ...sinks("ldap-dn", members("ldap3.Connection", "modify add delete"), [0, "dn"], {
      label: "the LDAP name",
    }),
    ...sinks("ldap-dn", "ldap3.Connection", [{ name: "user" }], { label: "the LDAP name" }),
  ],
  sanitizers: [
    ...clears(riskSet("ldap-filter"), "ldap3.utils.conv.escape_filter_chars"),
    ...clears(riskSet("ldap-dn"), "ldap3.utils.dn.escape_rdn ldap3.utils.dn.safe_dn"),
  ],
};
