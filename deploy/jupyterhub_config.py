"""A JupyterHub for one class on one machine: each learner with a JupyterLab and a folder of their own.

Start it with ``jupyterhub -f deploy/jupyterhub_config.py``; deploy/README.md says what it is for and what it is not.

What separates learners: each logs in under a name, has a folder of their own (``HOME``, so lessons, settings and
progress lie there), and a server that answers to that name's cookie or token only.

What does not: **all servers run as the system user who started the hub.** Code in one learner's notebook can read and
change every other learner's files, and the shared password lets anybody log in under any name. Where that matters
(marks, strangers, anything personal) give each learner a container: deploy/z2jh-values.yaml.
"""

import json
import os
import resource
import sys
import urllib.parse
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner

from myoteach.course import write_lab_settings

c = get_config()  # noqa: F821  # given by JupyterHub


def named(option: str, default: str) -> str:
    """Return an option from the environment."""
    return os.environ.get(f"MYOTEACH_HUB_{option}", "").strip() or default


# --- what may be changed by name
#: Where homes, the hub's database and its secrets are kept.
FOLDER = Path(named("DIR", "myoteach-hub")).expanduser().resolve()
#: Where the hub listens. Another address than loopback needs a real authenticator (see MORE).
IP, PORT = named("IP", "127.0.0.1"), int(named("PORT", "8000"))
#: The password that everybody shares; there is no default, and it is never written down.
PASSWORD = named("PASSWORD", "")
#: The most memory one process of a learner may ask for: a runaway cell gets a MemoryError, and the class goes on.
MEMORY = named("MEMORY", "1G")
#: Seconds without use after which a kernel nobody looks at is stopped, and after which a server is.
IDLE_KERNEL, IDLE_SERVER = int(named("IDLE_KERNEL", "1800")), int(named("IDLE_SERVER", "3600"))
#: A file of your own in the same language, read last: a real authenticator and its options, an instructor's rights.
MORE = named("MORE", "")

FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
HOMES, SETTINGS = FOLDER / "homes", FOLDER / "settings"


# --- a learner's own server
class LearnerSpawner(SimpleLocalProcessSpawner):
    """A process for each learner, in a folder that other accounts of this machine cannot read, with limited memory."""

    def make_preexec_fn(self, name):
        """Return what the new process does first. JupyterHub's own local spawners only *tell* a server its limit."""
        enter_home, most = super().make_preexec_fn(name), self.mem_limit

        def prepare():
            os.umask(0o077)
            if most:  # macOS knows this limit and does not hold it
                resource.setrlimit(resource.RLIMIT_DATA, (most, most))
            enter_home()

        return prepare


#: Run as the learner, before JupyterLab: lessons that are new are copied, one that was worked on is left as it is.
START = """\
from pathlib import Path
from jupyterhub.singleuser import main
from myoteach.course import copy_notebooks
copy_notebooks(Path.home() / "lessons")
main()
"""

c.JupyterHub.spawner_class = LearnerSpawner
c.LearnerSpawner.home_dir_template = f"{HOMES}/{{username}}"
c.Spawner.cmd = [sys.executable, "-c", START]
c.Spawner.default_url = "/lab/tree/lessons/00_start_here.ipynb"
c.Spawner.mem_limit = MEMORY
# Everybody starts at the same minute: waiting is better than failing.
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": str(SETTINGS),
    # The learners share the processors: one kernel that takes all of them gains little and stalls the others.
    "OPENBLAS_NUM_THREADS": "1",
}

write_lab_settings(SETTINGS)
culling = {"cull_idle_timeout": IDLE_KERNEL, "cull_interval": max(1, IDLE_KERNEL // 10)}
server_settings = {"MappingKernelManager": culling, "LabApp": {"extension_manager": "readonly"}}
(SETTINGS / "jupyter_server_config.json").write_text(json.dumps(server_settings), encoding="utf-8")

# --- hub, proxy, culler
c.JupyterHub.bind_url = f"http://{IP}:{PORT}"
c.JupyterHub.db_url = f"sqlite:///{FOLDER}/hub.sqlite"
c.JupyterHub.cookie_secret_file = str(FOLDER / "cookie_secret")
# Ctrl-C stops everything. A hub that is killed leaves the learners at work and takes them up at its next start.

# The proxy written in Python (no Node.js), of this environment whatever PATH says. As it comes it passes on ten
# requests at a time and cuts each off after 20 s: twelve learners who watch their servers start would stop the class.
PROXY = """\
from configurable_http_proxy.cli import main
from tornado.httpclient import AsyncHTTPClient
AsyncHTTPClient.configure(None, max_clients=1000)
main()
"""
c.ConfigurableHTTPProxy.command = [sys.executable, "-c", PROXY, "--proxy-timeout=300000"]
c.ConfigurableHTTPProxy.pid_file = str(FOLDER / "proxy.pid")

culler = [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={IDLE_SERVER}"]
c.JupyterHub.services = [{"name": "idle-culler", "command": culler}]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]

# --- who is who
# A real authenticator goes into the file that MYOTEACH_HUB_MORE names, for example the school's own login:
#     c.JupyterHub.authenticator_class = "generic-oauth"  # from the package oauthenticator; its options follow here
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = PASSWORD
c.Authenticator.allow_all = True
# A name becomes a folder: nothing that leads out of HOMES.
c.Authenticator.username_pattern = r"[a-z0-9][a-z0-9._@+-]{0,63}\Z"

if MORE:
    load_subconfig(str(Path(MORE).expanduser().resolve()))  # noqa: F821  # given by JupyterHub

# --- said before the start, not after it
shared = c.JupyterHub.authenticator_class == "shared-password"
address = urllib.parse.urlsplit(c.JupyterHub.bind_url).hostname or ""
if shared and len(PASSWORD) < 8:
    sys.exit("Set MYOTEACH_HUB_PASSWORD to a password for the class, of 8 characters or more, and start the hub again.")
if shared and address not in ("127.0.0.1", "::1", "localhost"):
    sys.exit(
        f"MYOTEACH_HUB_IP={IP} opens the hub to a network, and with a shared password anybody there could log in as "
        "anybody: name a file with a real authenticator in MYOTEACH_HUB_MORE, or leave the hub on 127.0.0.1."
    )
if os.geteuid() == 0 and "--allow-root" not in c.Spawner.get("args", ()):
    sys.exit("The hub was started as root, and every learner would be root. Start it as an ordinary user.")
