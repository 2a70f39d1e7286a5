/** What we know of processes, sockets, HTTP and mail in the standard library. */

import { type ClassModel, each, type LibraryModel } from "../types.ts";

const RESPONSE: ClassModel = {
  methods: {
    ...each("read read1 readline", "bytes"),
    readlines: "list[bytes]",
    ...each("getheader geturl", "str"),
    getheaders: "list[tuple[str, str]]",
    getcode: "int",
    fileno: "int",
    close: "None",
    info: "http.client.HTTPMessage",
  },
  attributes: {
    ...each("status code version", "int"),
    ...each("reason url msg", "str"),
    headers: "http.client.HTTPMessage",
    closed: "bool",
  },
  enter: "Self",
  iterates: "bytes",
};

const HTTP_CONNECTION: ClassModel = {
  methods: {
    getresponse: "http.client.HTTPResponse",
    ...each("request connect close putrequest putheader endheaders send set_debuglevel set_tunnel", "None"),
  },
  attributes: { host: "str", port: "int", timeout: "float" },
};

const SOCKET: ClassModel = {
  methods: {
    accept: "tuple[socket.socket, ?]",
    ...each("recv recvmsg", "bytes"),
    recvfrom: "tuple[bytes, ?]",
    ...each("send sendto connect_ex fileno recv_into getsockopt", "int"),
    ...each("bind close connect listen sendall setblocking setsockopt settimeout shutdown", "None"),
    gettimeout: "float",
    getblocking: "bool",
    dup: "socket.socket",
    makefile: "?",
  },
  attributes: { family: "socket.AddressFamily", type: "socket.SocketKind", proto: "int", timeout: "float" },
  enter: "Self",
};

const SMTP: ClassModel = {
  methods: {
    ...each("connect docmd ehlo helo login noop quit rset starttls verify", "tuple[int, bytes]"),
    ...each("sendmail send_message", "dict[str, tuple[int, bytes]]"),
    ...each("close set_debuglevel ehlo_or_helo_if_needed", "None"),
    has_extn: "bool",
  },
  enter: "Self",
};

const FTP: ClassModel = {
  methods: {
    ...each(
      "connect login quit cwd delete mkd pwd rename rmd sendcmd voidcmd storbinary storlines retrbinary retrlines getwelcome",
      "str",
    ),
    nlst: "list[str]",
    size: "int",
    ...each("close dir set_pasv set_debuglevel", "None"),
  },
  enter: "Self",
};

const PROCESS: ClassModel = {
  methods: {
    communicate: "tuple[?, ?]",
    ...each("wait poll", "int"),
    ...each("kill send_signal terminate", "None"),
  },
  attributes: { ...each("pid returncode", "int"), ...each("stdin stdout stderr args", "?") },
  enter: "Self",
};

const URL_PARTS = {
  ...each("scheme netloc path query fragment username password hostname", "str"),
  port: "int",
};

const ADDRESS: ClassModel = {
  attributes: {
    ...each(
      "is_private is_global is_loopback is_link_local is_multicast is_reserved is_unspecified is_site_local",
      "bool",
    ),
    ...each("compressed exploded reverse_pointer", "str"),
    version: "int",
    packed: "bytes",
  },
};

const NETWORK_MODEL: ClassModel = {
  attributes: {
    ...each("is_private is_loopback", "bool"),
    ...each("prefixlen num_addresses version", "int"),
  },
  methods: { ...each("overlaps subnet_of supernet_of __contains__", "bool") },
};

export const NETWORK: LibraryModel = {
  packages:
    `subprocess socket ssl http urllib smtplib ftplib poplib imaplib telnetlib socketserver email ipaddress
    xmlrpc webbrowser pty select selectors`.split(/\s+/),
  functions: {
    "subprocess.run": "subprocess.CompletedProcess",
    ...each("subprocess.call subprocess.check_call", "int"),
    "subprocess.check_output": {
      returns: "bytes",
      unknownWith: ["text", "universal_newlines", "encoding", "errors"],
    },
    "subprocess.getoutput": "str",
    "subprocess.getstatusoutput": "tuple[int, str]",
    "subprocess.list2cmdline": "str",
    ...each("socket.create_connection socket.create_server socket.fromfd", "socket.socket"),
    "socket.socketpair": "tuple[socket.socket, socket.socket]",
    ...each(
      "socket.gethostname socket.getfqdn socket.gethostbyname socket.inet_ntoa socket.inet_ntop",
      "str",
    ),
    ...each("socket.inet_aton socket.inet_pton", "bytes"),
    ...each("socket.htons socket.htonl socket.ntohs socket.ntohl socket.getservbyname", "int"),
    "socket.getaddrinfo": "list[tuple]",
    "socket.setdefaulttimeout": "None",
    "socket.getdefaulttimeout": "float",
    ...each(
      "ssl.create_default_context ssl._create_unverified_context ssl._create_default_https_context ssl._create_stdlib_context",
      "ssl.SSLContext",
    ),
    "ssl.wrap_socket": "ssl.SSLSocket",
    "ssl.get_server_certificate": "str",
    "urllib.request.urlopen": "http.client.HTTPResponse",
    "urllib.request.urlretrieve": "tuple[str, http.client.HTTPMessage]",
    ...each("urllib.request.build_opener", "urllib.request.OpenerDirector"),
    "urllib.request.install_opener": "None",
    ...each("urllib.request.pathname2url urllib.request.url2pathname", "str"),
    ...each(
      "urllib.parse.quote urllib.parse.quote_plus urllib.parse.unquote urllib.parse.unquote_plus urllib.parse.urlencode urllib.parse.urljoin urllib.parse.urlunparse urllib.parse.urlunsplit",
      "str",
    ),
    "urllib.parse.quote_from_bytes": "str",
    "urllib.parse.unquote_to_bytes": "bytes",
    "urllib.parse.urlparse": "urllib.parse.ParseResult",
    "urllib.parse.urlsplit": "urllib.parse.SplitResult",
    "urllib.parse.parse_qs": "dict[str, list[str]]",
    "urllib.parse.parse_qsl": "list[tuple[str, str]]",
    "urllib.parse.urldefrag": "urllib.parse.DefragResult",
    ...each(
      "email.message_from_string email.message_from_file email.message_from_bytes email.message_from_binary_file",
      { returns: "email.message.Message", unknownWith: ["policy"] },
    ),
    ...each(
      "email.utils.formataddr email.utils.formatdate email.utils.make_msgid email.utils.quote email.utils.unquote",
      "str",
    ),
    "email.utils.parseaddr": "tuple[str, str]",
    "email.utils.parsedate_to_datetime": "datetime.datetime",
    "webbrowser.open": "bool",
    "ipaddress.ip_address": "ipaddress._BaseAddress",
    "ipaddress.ip_network": "ipaddress._BaseNetwork",
  },
  classes: {
    "subprocess.CompletedProcess": {
      attributes: { returncode: "int", ...each("stdout stderr args", "?") },
      methods: { check_returncode: "None" },
    },
    "subprocess.Popen": PROCESS,
    "subprocess.SubprocessError": { bases: ["Exception"] },
    "subprocess.CalledProcessError": {
      bases: ["subprocess.SubprocessError"],
      attributes: { returncode: "int", ...each("cmd output stdout stderr", "?") },
    },
    "subprocess.TimeoutExpired": { bases: ["subprocess.SubprocessError"], attributes: { timeout: "float" } },
    "socket.socket": SOCKET,
    ...each("socket.timeout", { bases: ["OSError"] }),
    ...each("socket.gaierror socket.herror", { bases: ["OSError"] }),
    "ssl.SSLContext": {
      methods: {
        wrap_socket: "ssl.SSLSocket",
        ...each(
          "load_cert_chain load_default_certs load_verify_locations set_alpn_protocols set_ciphers set_default_verify_paths",
          "None",
        ),
        get_ciphers: "list[dict]",
      },
      attributes: { check_hostname: "bool", verify_mode: "ssl.VerifyMode" },
    },
    "ssl.SSLSocket": {
      ...SOCKET,
      bases: ["socket.socket"],
      methods: { ...SOCKET.methods, getpeercert: "?", version: "str", do_handshake: "None" },
    },
    ...each("socket.AddressFamily socket.SocketKind ssl.VerifyMode", { bases: ["enum.IntEnum"] }),
    "ssl.SSLError": { bases: ["OSError"] },
    ...each("ssl.CertificateError ssl.SSLCertVerificationError", { bases: ["ssl.SSLError", "ValueError"] }),
    "http.client.HTTPConnection": HTTP_CONNECTION,
    "http.client.HTTPSConnection": { ...HTTP_CONNECTION, bases: ["http.client.HTTPConnection"] },
    "http.client.HTTPResponse": RESPONSE,
    "http.client.HTTPMessage": { bases: ["email.message.Message"] },
    "http.client.HTTPException": { bases: ["Exception"] },
    "http.server.BaseHTTPRequestHandler": {
      bases: ["socketserver.StreamRequestHandler"],
      attributes: {
        ...each("path command request_version requestline server_version", "str"),
        headers: "http.client.HTTPMessage",
        rfile: "io.BufferedReader",
        wfile: "io.BufferedIOBase",
        client_address: "tuple[str, int]",
      },
      methods: {
        ...each("send_error send_header send_response end_headers log_message log_error log_request", "None"),
      },
    },
    "http.server.SimpleHTTPRequestHandler": { bases: ["http.server.BaseHTTPRequestHandler"] },
    ...each("http.server.HTTPServer http.server.ThreadingHTTPServer", {
      bases: ["socketserver.TCPServer"],
      attributes: { server_name: "str", server_port: "int" },
    }),
    "http.cookies.SimpleCookie": {
      bases: ["dict[str, http.cookies.Morsel]"],
      methods: { load: "None", output: "str" },
    },
    "http.cookies.Morsel": { attributes: { value: "str", key: "str" }, methods: { OutputString: "str" } },
    "http.cookiejar.CookieJar": {},
    "http.HTTPStatus": { bases: ["enum.IntEnum"], attributes: { value: "int", phrase: "str" } },
    "socketserver.BaseRequestHandler": {},
    "socketserver.StreamRequestHandler": { bases: ["socketserver.BaseRequestHandler"] },
    "socketserver.BaseServer": {
      methods: { ...each("serve_forever shutdown handle_request server_close", "None") },
      enter: "Self",
    },
    "socketserver.TCPServer": { bases: ["socketserver.BaseServer"] },
    "socketserver.UDPServer": { bases: ["socketserver.TCPServer"] },
    "socketserver.ThreadingMixIn": {},
    "socketserver.ThreadingTCPServer": { bases: ["socketserver.ThreadingMixIn", "socketserver.TCPServer"] },
    "urllib.request.Request": {
      attributes: { ...each("full_url host selector type method", "str") },
      methods: {
        ...each("add_header add_unredirected_header", "None"),
        ...each("get_full_url get_method", "str"),
        has_header: "bool",
      },
    },
    "urllib.request.OpenerDirector": { methods: { open: "http.client.HTTPResponse", add_handler: "None" } },
    "urllib.error.URLError": { bases: ["OSError"] },
    "urllib.error.HTTPError": {
      ...RESPONSE,
      bases: ["urllib.error.URLError"],
    },
    "urllib.parse.ParseResult": {
      bases: ["tuple[str]"],
      attributes: { ...URL_PARTS, params: "str" },
      methods: { geturl: "str", _replace: "Self" },
    },
    "urllib.parse.SplitResult": {
      bases: ["tuple[str]"],
      attributes: URL_PARTS,
      methods: { geturl: "str", _replace: "Self" },
    },
    "urllib.parse.DefragResult": { bases: ["tuple[str]"], attributes: { url: "str", fragment: "str" } },
    "smtplib.SMTP": SMTP,
    "smtplib.SMTP_SSL": { ...SMTP, bases: ["smtplib.SMTP"] },
    "smtplib.LMTP": { ...SMTP, bases: ["smtplib.SMTP"] },
    "smtplib.SMTPException": { bases: ["OSError"] },
    "ftplib.FTP": FTP,
    "ftplib.FTP_TLS": { ...FTP, bases: ["ftplib.FTP"] },
    "poplib.POP3": {},
    "poplib.POP3_SSL": { bases: ["poplib.POP3"] },
    "imaplib.IMAP4": { enter: "Self" },
    "imaplib.IMAP4_SSL": { bases: ["imaplib.IMAP4"], enter: "Self" },
    "telnetlib.Telnet": {
      methods: {
        ...each("read_all read_until read_some read_eager", "bytes"),
        ...each("write close open", "None"),
      },
      enter: "Self",
    },
    "email.message.Message": {
      methods: {
        ...each("as_string get_content_type get_filename get_boundary get_content_charset", "str"),
        as_bytes: "bytes",
        ...each("is_multipart __contains__", "bool"),
        ...each("add_header attach set_payload set_type replace_header set_charset", "None"),
        walk: "collections.abc.Iterator[Self]",
        keys: "list[str]",
        items: "list[tuple[str, ?]]",
        ...each("get get_payload get_all __getitem__", "?"),
      },
    },
    "email.message.EmailMessage": {
      bases: ["email.message.Message"],
      methods: {
        ...each("set_content add_attachment add_alternative add_related", "None"),
        get_body: "Self",
      },
    },
    "email.mime.base.MIMEBase": { bases: ["email.message.Message"] },
    "email.mime.multipart.MIMEMultipart": { bases: ["email.mime.base.MIMEBase"] },
    ...each(
      "email.mime.text.MIMEText email.mime.image.MIMEImage email.mime.audio.MIMEAudio email.mime.application.MIMEApplication",
      { bases: ["email.mime.base.MIMEBase"] },
    ),
    "ipaddress._BaseAddress": ADDRESS,
    ...each("ipaddress.IPv4Address ipaddress.IPv6Address", { ...ADDRESS, bases: ["ipaddress._BaseAddress"] }),
    "ipaddress._BaseNetwork": NETWORK_MODEL,
    ...each("ipaddress.IPv4Network ipaddress.IPv6Network", {
      ...NETWORK_MODEL,
      bases: ["ipaddress._BaseNetwork"],
    }),
    "xmlrpc.client.ServerProxy": { enter: "Self" },
  },
  aliases: {
    "email.MIMEText": "email.mime.text",
    "email.MIMEMultipart": "email.mime.multipart",
  },
  keepsBuiltins: ["subprocess", "urllib.parse", "urllib.request", "http.client", "smtplib"],
};
