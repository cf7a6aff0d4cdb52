# SPDX-License-Identifier: EUPL-1.2
"""Who takes part in the leader board: how each is made ready, started, and where what it said is read."""
import shutil
import sqlite3
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTITIONS = 12
CONFIGURATION = """config: 1
hub: {{id: bench, data: var}}
backbone: {backbone}
store: {{sqlite: {{}}}}
plugins: {{folders: ["{plugins}"]}}
connectors:
  - id: offers
    plugin: mapping
    isolation: {isolation}
    options: {{mapping: "{mapping}"}}
    from: {{files: {{path: "{table}", snapshot: complete}}}}
"""


class Ground:
    """What all contestants share: the table, the broker, the programs, a folder to write in."""

    def __init__(self, table, rows, broker, build, folder):
        self.table, self.rows, self.broker, self.build, self.folder = table, rows, broker, build, folder

    def producer(self):
        return str(self.build / "bin/bare_producer")

    def make_topic(self, name):
        subprocess.run([self.producer(), self.broker, name], check=True)

    def read(self, topic):
        """Key and value of every message, from the broker."""
        command = ["kcat", "-C", "-q", "-e", "-b", self.broker, "-t", topic, "-o", "beginning", "-f", "%k\\t%s\\n"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as kcat:
            kcat.stdout.reconfigure(newline="\n")
            for line in kcat.stdout:
                yield tuple(line.removesuffix("\n").split("\t", 1))

    def arrived(self, topic):
        """How many messages stand in a topic."""
        ends = [word for partition in range(PARTITIONS) for word in ("-t", f"{topic}:{partition}:-1")]
        asked = subprocess.run(["kcat", "-Q", "-b", self.broker, *ends], capture_output=True, text=True, check=False)
        return sum(int(line.rsplit(" ", 1)[1]) for line in asked.stdout.splitlines())


class Contestant:
    """One way of doing the work. FORM says which content is expected of it (content.py)."""

    form = "partner"
    peer = False  # another program that does the hub's work
    never_ends = False  # it is told to, once everything has arrived

    def __init__(self, label, ground):
        self.label, self.ground, self.topic = label, ground, ""

    def missing(self):
        """What keeps it from taking part here, or nothing."""
        return ""

    def get_ready(self, turn):
        self.topic = f"{type(self).__name__.lower()}-{turn}"
        self.ground.make_topic(self.topic)

    def command(self):
        raise NotImplementedError

    def environment(self):
        return {"BROKER": self.ground.broker, "TOPIC": self.topic, "TABLE": str(self.ground.table)}

    def finished(self):
        return self.ground.arrived(self.topic) >= self.ground.rows

    def said(self):
        return self.ground.read(self.topic)


class Raccordo(Contestant):
    form = "canonical"

    def __init__(self, label, ground, isolation="worker", embedded=False):
        super().__init__(label, ground)
        self.isolation, self.embedded = isolation, embedded
        self.home = ground.folder / f"raccordo-{isolation}{'-embedded' if embedded else ''}"

    def get_ready(self, turn):
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)
        prefix = f"{self.isolation}-{turn}."
        self.topic = prefix + "welfare.offers"
        kafka = f'{{kafka: {{brokers: ["{self.ground.broker}"], topic_prefix: "{prefix}"}}}}'
        (self.home / "raccordo.yaml").write_text(
            CONFIGURATION.format(
                backbone="{embedded: {}}" if self.embedded else kafka,
                plugins=self.ground.build / "plugins",
                isolation=self.isolation,
                mapping=HERE / "offers.yaml",
                table=self.ground.table,
            ),
            encoding="utf-8",
        )

    def command(self):
        return [str(self.ground.build / "bin/raccordo"), "run", str(self.home / "raccordo.yaml"), "--once", "--json"]

    def said(self):
        return self.said_in_file() if self.embedded else super().said()

    def said_in_file(self):
        log = sqlite3.connect(f"file:{self.home / 'var/backbone.sqlite'}?mode=ro", uri=True)
        (number,) = log.execute("SELECT id FROM topics WHERE name = 'welfare.offers'").fetchone()
        for key, value in log.execute(f"SELECT key, value FROM m{number}"):
            key = key.hex()
            yield "-".join((key[:8], key[8:12], key[12:16], key[16:20], key[20:])), value


class Again(Contestant):
    """The same table once more, over what another run of the hub left: nothing has changed, and nothing is added."""

    form = "canonical"

    def __init__(self, label, first):
        super().__init__(label, first.ground)
        self.first = first

    def get_ready(self, turn):
        pass

    def command(self):
        return self.first.command()

    def said(self):
        return self.first.said()


class Bare(Contestant):
    """The very messages that the hub published, through librdkafka alone."""

    form = "canonical"

    def __init__(self, label, first):
        super().__init__(label, first.ground)
        self.first = first
        self.messages = first.ground.folder / "messages.tsv"

    def get_ready(self, turn):
        super().get_ready(turn)
        if turn > 1:
            return
        with open(self.messages, "w", encoding="utf-8", newline="") as out:
            for key, value in self.first.said():
                out.write(f"{key}\t{value}\n")

    def command(self):
        return [self.ground.producer(), self.ground.broker, self.topic, str(self.messages)]


class Kcat(Contestant):
    """Lines of the table, as they are."""

    form = "raw"
    settings = ("enable.idempotence=true", "acks=all", "linger.ms=2", "batch.size=1000000", "batch.num.messages=10000")

    def command(self):
        settings = [word for setting in self.settings for word in ("-X", setting)]
        to = ["-b", self.ground.broker, "-t", self.topic, "-z", "lz4", *settings]
        return ["kcat", "-P", *to, "-l", str(self.ground.table)]


class Camel(Contestant):
    peer = True

    def missing(self):
        return "" if (self.ground.folder / "camel/Offers.class").exists() else "not built"

    def command(self):
        folder = self.ground.folder / "camel"
        quiet = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
        words = [self.ground.broker, self.topic, str(self.ground.table)]
        return ["java", quiet, "-cp", f"{folder}:{folder}/lib/*", "Offers", *words]


class Bento(Contestant):
    peer = True

    def missing(self):
        return "" if (self.ground.folder / "bento/bento").exists() else "not built"

    def command(self):
        return [str(self.ground.folder / "bento/bento"), "-c", str(HERE / "peers/bento/pipeline.yaml")]


class Rsyslog(Contestant):
    peer = True
    never_ends = True

    def missing(self):
        there = shutil.which("rsyslogd") and list(Path("/usr/lib").glob("*/rsyslog/omkafka.so"))
        return "" if there else "not installed"

    def get_ready(self, turn):
        super().get_ready(turn)
        self.home = self.ground.folder / "rsyslog"
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)

    def environment(self):
        return super().environment() | {"FOLDER": str(self.home), "HERE": str(HERE / "peers/rsyslog")}

    def command(self):
        return ["rsyslogd", "-n", "-i", str(self.home / "pid"), "-f", str(HERE / "peers/rsyslog/rsyslog.conf")]


def all_of(ground):
    worker = Raccordo("Raccordo, worker", ground)
    return [
        worker,
        Again("Raccordo, unchanged", worker),
        Raccordo("Raccordo, in process", ground, isolation="in_process"),
        Raccordo("Raccordo, embedded", ground, embedded=True),
        Bare("librdkafka alone", worker),
        Kcat("kcat, raw lines", ground),
        Camel("Camel", ground),
        Bento("Bento", ground),
        Rsyslog("rsyslog", ground),
    ]
