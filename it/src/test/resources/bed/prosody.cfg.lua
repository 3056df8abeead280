-- Prosody 0.12 for tests: loopback only, free ports, accounts and components as asked for.
-- Passwords are stored in clear so that a test can write account files by the hundred.
daemonize = false
data_path = "@FOLDER@/data"
certificates = "@FOLDER@"
log = { { levels = { min = "@LOG_LEVEL@" }; to = "console"; timestamps = "%H:%M:%S" } }

interfaces = { "127.0.0.1" }
local_interfaces = { "127.0.0.1" }
c2s_ports = { @CLIENT_PORT@ }
c2s_direct_tls_ports = {}
s2s_ports = {}
component_interfaces = { "127.0.0.1" }
component_ports = { @COMPONENT_PORT@ }
http_ports = {}
https_ports = {}

modules_enabled = {
  "roster"; "saslauth"; "disco"; "carbons"; "pep"; "private"; "vcard_legacy"; "version"; "ping"; "offline"; "time";
}
modules_disabled = { "s2s"; "tls"; }
authentication = "internal_plain"
storage = "internal"
network_backend = "epoll"
allow_registration = false
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
limits = {}
-- With Nagle on, back-to-back stanzas wait 40 ms for the reader's delayed acknowledgement.
network_settings = { nagle = @NAGLE@ }
component_stanza_size_limit = 524288

VirtualHost "@DOMAIN@"

@COMPONENTS@
