/** Taint in XML libraries: parsers that follow entities, and XPath text. */

import { clears, members, receivers, sinks } from "./entries.ts";
import { riskSet, type TaintModel } from "./types.ts";

export const lxml: TaintModel = {
  library: "lxml",
  sinks: [
    ...sinks("xml", "lxml.etree.fromstring lxml.etree.XML", [0, "text"], { label: "the XML parser" }),
    ...sinks("xml", "lxml.etree.parse lxml.etree.iterparse", [0, "source"], { label: "the XML parser" }),
    ...sinks("xml", "lxml.etree.XSLT", 0, { label: "a stylesheet" }),
    ...sinks("xpath", "lxml.etree.XPath lxml.etree.ETXPath", [0, "path"], { label: "the XPath text" }),
    ...sinks("xpath", "lxml.etree._Element.xpath lxml.etree._ElementTree.xpath", [0, "_path"], {
      label: "the XPath text",
    }),
    ...sinks(
      "xpath",
      members("lxml.etree._Element lxml.etree._ElementTree", "find findall findtext iterfind"),
      [0, "path"],
      { label: "the path text" },
    ),
  ],
};

export const stdlibXml: TaintModel = {
  library: "xml",
  sinks: [
    ...sinks(
      "xml",
      "xml.etree.ElementTree.parse xml.etree.ElementTree.fromstring xml.etree.ElementTree.XML xml.etree.ElementTree.iterparse",
      0,
      { severity: "warning", label: "the XML parser" },
    ),
    ...sinks(
      "xml",
      "xml.dom.minidom.parseString xml.dom.minidom.parse xml.dom.pulldom.parseString xml.dom.pulldom.parse xml.sax.parse xml.sax.parseString",
      0,
      { severity: "warning", label: "the XML parser" },
    ),
    ...receivers("xml", "xml.sax.xmlreader.XMLReader.parse", "the XML parser"),
    ...sinks(
      "xpath",
      members(
        "xml.etree.ElementTree.Element xml.etree.ElementTree.ElementTree",
        "find findall findtext iterfind",
      ),
      [0, "path"],
      { label: "the path text" },
    ),
  ],
};

export const xpathLibraries: TaintModel = {
  library: "elementpath",
  sinks: [
    ...sinks("xpath", "elementpath.select", [1, "path"], { label: "the XPath text" }),
    ...sinks("xpath", "parsel.Selector.xpath scrapy.Selector.xpath", [0, "query"], {
      label: "the XPath text",
    }),
    ...sinks("xml", "xmltodict.parse", [0, "xml_input"], {
      when: [{ name: "disable_entities", oneOf: [false] }],
    }),
  ],
  sanitizers: [...clears(riskSet("xml"), "defusedxml.ElementTree.fromstring defusedxml.ElementTree.parse")],
};
